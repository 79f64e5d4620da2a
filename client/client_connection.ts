/**
 * One connection of a client, from the server's ACK to its end.
 *
 * @module
 */

import { MessageDecoder } from "../protocol/decoder.ts";
import { encodeMessage, nextMessageId } from "../protocol/encode.ts";
import { ProtocolError } from "../protocol/error.ts";
import type { Frame, Message, MessageContent, MessageOf, WireBuffer } from "../protocol/message.ts";
import { type ClientMessageType, SERVER_MESSAGE_TYPES } from "../protocol/message_types.ts";
import { ClientError } from "./client_error.ts";
import type { Transport, TransportListener, TransportSocket } from "./transport.ts";

/** Type of the reply to each type of message. */
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
export interface ClientConnectionOptions {
  /** Takes a patch that the server sent. */
  onPatch(message: MessageOf<"PATCH-DOC">): void;
  /** Hears that the connection has ended; nothing is answered any more. */
  onClosed(error: ClientError): void;
  /** Most bytes of a frame that the server may send. */
  maxMessageBytes?: number | undefined;
}

/** A message of this client, and what becomes of it. */
export interface ClientRequest<T extends ClientMessageType, R> {
  content: MessageContent[T];
  buffers?: readonly WireBuffer[];
  /** Takes the reply before anything that came after it is looked at; what it returns is the answer. */
  accept(reply: MessageOf<Replies[T]>): R;
}

interface Pending {
  readonly replyType: string;
  accept(reply: Message): void;
  reject(error: ClientError): void;
}

/** A connection that the server has greeted. */
export class ClientConnection implements TransportListener {
  readonly #options: ClientConnectionOptions;
  readonly #url: string;
  readonly #decoder: MessageDecoder;
  readonly #greeted = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #pending = new Map<string, Pending>();
  #socket: TransportSocket | undefined;
  #isGreeted = false;
  #error: ClientError | undefined;

  constructor(url: string, options: ClientConnectionOptions) {
    this.#url = url;
    this.#options = options;
    const { maxMessageBytes } = options;
    this.#decoder = new MessageDecoder({
      accepts: SERVER_MESSAGE_TYPES,
      maxValues: Infinity,
      ...(maxMessageBytes === undefined ? {} : { maxMessageBytes }),
    });
  }

  /**
   * Opens a connection and waits for the server's ACK.
   *
   * @throws {ClientError} Where the server is not there or does not let the client in.
   */
  static async open(transport: Transport, options: ClientConnectionOptions): Promise<ClientConnection> {
    const connection = new ClientConnection(transport.url, options);
    connection.#socket = await transport.open(connection);
    await connection.#greeted.promise;
    return connection;
  }

  /** Sends a message and answers with what its reply is taken for. */
  request<T extends ClientMessageType, R>(type: T, { content, buffers, accept }: ClientRequest<T, R>): Promise<R> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const msgid = nextMessageId();
    this.#pending.set(msgid, {
      replyType: REPLIES[type],
      // the type was compared with that of the request
      accept: (reply) => resolve(accept(reply as MessageOf<Replies[T]>)),
      reject,
    });
    for (const frame of encodeMessage(type, content, { msgid, buffers: buffers ?? [] })) this.#socket?.send(frame);
    return promise;
  }

  /** Closes the connection, and resolves when it is closed. */
  close(code = 1000, reason = ""): Promise<void> {
    this.#socket?.close(code, reason);
    return this.#ended.promise;
  }

  receive(frame: Frame): void {
    if (this.#error !== undefined) return;
    try {
      const message = this.#decoder.push(frame);
      if (message) this.#take(message);
    } catch (error) {
      this.#breach(error);
    }
  }

  closed(code: number, reason: string): void {
    const said = code === 0
      ? `did not close it, but it broke: ${reason || "the network failed"}`
      : `closed it with ${code}${reason === "" ? "" : `, ${reason}`}`;
    const options = { closeCode: code };
    this.#end(
      this.#isGreeted
        ? new ClientError(
          `Cannot go on with ${this.#url}: the server ${said}`,
          isFinal(code) ? "refused" : "lost",
          options,
        )
        : new ClientError(
          `Cannot connect to ${this.#url}: server took the connection and ${said}`,
          isPassing(code) ? "unreachable" : "refused",
          options,
        ),
    );
    this.#ended.resolve();
  }

  #take(message: Message): void {
    if (message.type === "ACK") {
      this.#isGreeted = true;
      return this.#greeted.resolve();
    }
    if (message.type === "PATCH-DOC") return this.#options.onPatch(message);
    const { reqid = "" } = message.header;
    const pending = this.#pending.get(reqid);
    this.#pending.delete(reqid);
    // nobody waits for it: as an ERROR that answers nothing
    if (pending === undefined) return;
    if (message.type === "ERROR") {
      return pending.reject(new ClientError(`Cannot do what was asked: ${message.content.text}`, "rejected"));
    }
    if (message.type !== pending.replyType) {
      throw new ProtocolError(`Cannot use ${message.type}: ${pending.replyType} is due`, "malformed");
    }
    try {
      pending.accept(message);
    } catch (cause) {
      pending.reject(new ClientError(`Cannot use the ${message.type} of ${this.#url}`, "protocol", { cause }));
    }
  }

  #breach(cause: unknown): void {
    const { message, code } = ProtocolError.from(cause);
    const why = code === "too_big" ? `${message}. The option maxMessageBytes sets how much may come` : message;
    this.#end(new ClientError(`Cannot understand ${this.#url}: ${why}`, "protocol", { cause }));
    this.#socket?.close(4002, "Message is malformed");
  }

  #end(error: ClientError): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    if (this.#isGreeted) this.#options.onClosed(error);
    else this.#greeted.reject(error);
  }
}

/** Whether a server that closes a connection wants no more of this client. */
function isFinal(closeCode: number): boolean {
  return [1002, 1003, 1008, 1009, 4401, 4404].includes(closeCode);
}

/** Whether a server that does not greet a client may do so later: it goes away, starts anew, or has too much to do. */
function isPassing(closeCode: number): boolean {
  return [1001, 1012, 1013].includes(closeCode);
}
