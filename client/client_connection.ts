/**
 * One connection of a client: sends requests, matches replies to them, and receives patches.
 *
 * @module
 */

import { errorMessage } from "../common/error_message.ts";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { MessageDecoder } from "../protocol/decoder.ts";
import { encodeMessage, nextMessageId } from "../protocol/encode.ts";
import { ProtocolError } from "../protocol/error.ts";
import type { Frame, Message, MessageContent, MessageOf, WireBuffer } from "../protocol/message.ts";
import { type ClientMessageType, SERVER_MESSAGE_TYPES } from "../protocol/message_types.ts";
import { ClientError } from "./client_error.ts";
import type { Transport, TransportListener, TransportSocket } from "./transport.ts";

/** The type of the reply to each type of request. */
interface Replies {
  "PATCH-DOC": "OK";
  "PUSH-DOC": "OK";
  "PULL-DOC-REQ": "PULL-DOC-REPLY";
  "SERVER-INFO-REQ": "SERVER-INFO-REPLY";
}

const REPLIES: Replies = {
  "PATCH-DOC": "OK",
  "PUSH-DOC": "OK",
  "PULL-DOC-REQ": "PULL-DOC-REPLY",
  "SERVER-INFO-REQ": "SERVER-INFO-REPLY",
};

/** Options of {@linkcode ClientConnection.open}. */
interface ClientConnectionOptions {
  /** Receives each patch of the server. */
  onPatch(message: MessageOf<"PATCH-DOC">): void;
  /**
   * Called when an acknowledged connection has ended. Requests without a reply have been rejected
   * then.
   */
  onClosed(error: ClientError): void;
  /** Maximum size of a frame of the server, in bytes. @default `DEFAULT_LIMITS.maxMessageBytes` */
  maxMessageBytes?: number | undefined;
}

/** A request and the handler of its reply. */
interface ClientRequest<T extends ClientMessageType, R> {
  content: MessageContent[T];
  buffers?: readonly WireBuffer[];
  /**
   * Handles the reply, before any later message is handled. The request resolves with the value
   * that it returns.
   */
  accept(reply: MessageOf<Replies[T]>): R;
}

interface Pending {
  readonly replyType: string;
  accept(reply: Message): void;
  reject(error: ClientError): void;
}

/** A connection to a session. */
export class ClientConnection implements TransportListener {
  readonly #options: ClientConnectionOptions;
  readonly #url: string;
  readonly #decoder: MessageDecoder;
  /** Settles when the server has acknowledged the connection with `ACK`, or has not. */
  readonly #acknowledged = Promise.withResolvers<void>();
  /** Resolves when the transport has closed. */
  readonly #transportClosed = Promise.withResolvers<void>();
  /** Requests without a reply, by message id. */
  readonly #pending = new Map<string, Pending>();
  #socket: TransportSocket | undefined;
  #isAcknowledged = false;
  /** The reason why the connection has ended. */
  #error: ClientError | undefined;

  /** Creates a connection that is not open: see {@linkcode ClientConnection.open}. */
  constructor(url: string, options: ClientConnectionOptions) {
    this.#url = url;
    this.#options = options;
    const { maxMessageBytes = DEFAULT_LIMITS.maxMessageBytes } = options;
    const limits = { ...DEFAULT_LIMITS, maxMessageBytes, valuesPerMessage: Infinity };
    this.#decoder = new MessageDecoder(limits, SERVER_MESSAGE_TYPES);
  }

  /**
   * Opens a connection and waits for the server's `ACK`.
   *
   * @throws {ClientError} With the code `unreachable` or `refused`.
   */
  static async open(transport: Transport, options: ClientConnectionOptions): Promise<ClientConnection> {
    const connection = new ClientConnection(transport.url, options);
    connection.#socket = await transport.open(connection);
    await connection.#acknowledged.promise;
    return connection;
  }

  /**
   * Sends a request, and returns the value that `accept` returns for its reply.
   *
   * @throws {ClientError} With the code `rejected` if the server replies with `ERROR`, `protocol`
   * if `accept` throws, and another if the connection ends before the reply.
   */
  request<T extends ClientMessageType, R>(type: T, { content, buffers, accept }: ClientRequest<T, R>): Promise<R> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const msgid = nextMessageId();
    this.#pending.set(msgid, {
      replyType: REPLIES[type],
      // #receiveReply has compared the type of the reply with replyType
      accept: (reply) => resolve(accept(reply as MessageOf<Replies[T]>)),
      reject,
    });
    for (const frame of encodeMessage(type, content, { msgid, buffers: buffers ?? [] })) this.#socket?.send(frame);
    return promise;
  }

  /** Closes the connection. Resolves when the transport has closed. */
  close(code = 1000, reason = ""): Promise<void> {
    this.#socket?.close(code, reason);
    return this.#transportClosed.promise;
  }

  /** Receives a frame of the transport. */
  receive(frame: Frame): void {
    if (this.#error !== undefined) return;
    try {
      const message = this.#decoder.push(frame);
      if (message) this.#receiveMessage(message);
    } catch (error) {
      this.#failProtocol(error);
    }
  }

  /** Ends the connection after the transport has closed. */
  closed(code: number, reason: string): void {
    const ending = code === 0
      ? `the connection broke: ${reason || "the network failed"}`
      : `server closed it with ${code}${reason === "" ? "" : `, ${reason}`}`;
    const options = { closeCode: code };
    this.#end(
      this.#isAcknowledged
        ? new ClientError(
          `Cannot continue the connection to ${this.#url}: ${ending}`,
          refusesClient(code) ? "refused" : "lost",
          options,
        )
        : new ClientError(
          `Cannot connect to ${this.#url}, which accepted the connection: ${ending}`,
          isTemporary(code) ? "unreachable" : "refused",
          options,
        ),
    );
    this.#transportClosed.resolve();
  }

  #receiveMessage(message: Message): void {
    if (message.type === "ACK") {
      this.#isAcknowledged = true;
      return this.#acknowledged.resolve();
    }
    if (message.type === "PATCH-DOC") return this.#options.onPatch(message);
    this.#receiveReply(message);
  }

  #receiveReply(message: Message): void {
    const { reqid = "" } = message.header;
    const pending = this.#pending.get(reqid);
    this.#pending.delete(reqid);
    // an ERROR need not be the reply to a request
    if (pending === undefined) return;
    if (message.type === "ERROR") {
      return pending.reject(new ClientError(`Cannot process the request: ${message.content.text}`, "rejected"));
    }
    if (message.type !== pending.replyType) {
      throw new ProtocolError(`Cannot accept ${message.type}: expected ${pending.replyType}`, "malformed");
    }
    try {
      pending.accept(message);
    } catch (cause) {
      const text = `Cannot use the ${message.type} of ${this.#url}: ${errorMessage(cause)}`;
      pending.reject(new ClientError(text, "protocol", { cause }));
    }
  }

  #failProtocol(cause: unknown): void {
    const { message, code } = ProtocolError.from(cause);
    const reason = code === "too_big" ? `${message}. The limit is the option maxMessageBytes` : message;
    this.#end(new ClientError(`Cannot read a message of ${this.#url}: ${reason}`, "protocol", { cause }));
    this.#socket?.close(4002, "Message is malformed");
  }

  #end(error: ClientError): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    if (this.#isAcknowledged) this.#options.onClosed(error);
    else this.#acknowledged.reject(error);
  }
}

/** Returns whether a server that closes with this code would refuse the client again. */
function refusesClient(closeCode: number): boolean {
  return [1002, 1003, 1008, 1009, 4401, 4404, 4409].includes(closeCode);
}

/**
 * Returns whether a server that closes with this code before its `ACK` stops, restarts or is
 * overloaded.
 */
function isTemporary(closeCode: number): boolean {
  return [1001, 1012, 1013].includes(closeCode);
}
