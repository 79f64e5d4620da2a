/**
 * A client of Bokeh's protocol whose own work hardly shows in measurements: it encodes requests once, parses frames without copies
 * and keeps no document. It is not the `WireClient` of `tests/kit/`, which encodes every frame separately.
 *
 * @module
 */

import { idOf } from "../../tests/kit/messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { encodeFragments, encodeFrame, type Fragment, Opcode } from "./frames.ts";
import { FrameParser } from "./frame_parser.ts";
import { connect, writeAll } from "./http_connection.ts";
import { type BokehMessage, MessageReader } from "./message_reader.ts";

/** Options of a websocket. */
export interface SocketOptions {
  /** Size of the read buffer in bytes. Smaller for thousands of idle websockets. @default {65536} */
  bufferSize?: number;
  /** Whether messages include their fragments. @default {false} */
  keep?: boolean;
  /** Receives each patch. */
  onMessage?: (message: BokehMessage) => void;
}

/** Encodes a patch that sets an attribute of a model. */
export function changeBytes(id: string, attr: string, value: unknown): Uint8Array<ArrayBuffer> {
  return requestBytes("PATCH-DOC", { events: [{ kind: "ModelChanged", model: { id }, attr, new: value }] });
}

/** Encodes a message without buffers. */
function requestBytes(type: string, content: unknown): Uint8Array<ArrayBuffer> {
  return encodeFragments([
    JSON.stringify({ msgid: crypto.randomUUID(), msgtype: type }),
    "{}",
    JSON.stringify(content),
  ]);
}

/** A websocket after `ACK`. It sends one request at a time; the next message that is not a patch is the reply. */
export class MeasuringClient implements Disposable {
  readonly #conn: Deno.TcpConn;
  readonly #messages: MessageReader;
  readonly #onMessage: ((message: BokehMessage) => void) | undefined;
  #waiting: PromiseWithResolvers<BokehMessage> | undefined;
  readonly #ended = Promise.withResolvers<void>();
  #closing = false;
  /** The fragments of `ACK`, if `keep` is set. */
  ack: Fragment[] = [];
  #failure: Error | undefined;

  constructor(conn: Deno.TcpConn, options: SocketOptions) {
    this.#conn = conn;
    this.#onMessage = options.onMessage;
    // Without a handler the rejection would end the program if nothing waits for `ended`.
    this.#ended.promise.catch(() => {});
    this.#messages = new MessageReader((message) => this.#receive(message), options.keep);
  }

  /**
   * Opens a websocket with a token and waits for `ACK`.
   *
   * @throws {Error} If the server refuses the websocket.
   */
  static async open(port: number, path: string, token: string, options: SocketOptions = {}): Promise<MeasuringClient> {
    const conn = await connect(port);
    const socket = new MeasuringClient(conn, options);
    try {
      const acknowledged = socket.#answer();
      await writeAll(conn, handshake(port, path, token));
      const reader = new ByteReader(conn, options.bufferSize);
      const head = await reader.readHead();
      if (!head.startsWith("HTTP/1.1 101")) throw new Error(`Cannot open ${path}: the server answered ${head}`);
      void socket.#read(reader.rest(), options.bufferSize ?? 64 * 1024);
      const { type, fragments } = await acknowledged;
      if (type !== "ACK") throw new Error(`Cannot open ${path}: the first message is ${type}`);
      socket.ack = fragments;
      return socket;
    } catch (error) {
      socket[Symbol.dispose]();
      throw error;
    }
  }

  /** Sends a request and waits for its reply. Patches before the reply go to `onMessage`. */
  async request(bytes: Uint8Array): Promise<BokehMessage> {
    const answer = this.#answer();
    await writeAll(this.#conn, bytes);
    return await answer;
  }

  /** Pulls the document and returns the reply. */
  async pull(): Promise<BokehMessage> {
    const reply = await this.request(PULL);
    if (reply.type !== "PULL-DOC-REPLY") throw new Error(`Cannot pull the document: the server answered ${reply.type}`);
    return reply;
  }

  /** Whether later messages include their fragments. */
  set keep(keep: boolean) {
    this.#messages.keep = keep;
  }

  /** Pulls the document and returns the id of the model with a name. */
  async findModel(name: string): Promise<string> {
    this.keep = true;
    const { fragments } = await this.pull();
    this.keep = false;
    return idOf(JSON.parse(String(fragments[2])), name);
  }

  /**
   * Resolves when this client has closed the connection. Rejects when the server closes it, with an error whose cause is the close
   * code if there is one.
   */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Sends a close frame and waits until the server has closed the connection. */
  async close(): Promise<void> {
    this.#closing = true;
    await writeAll(this.#conn, CLOSE_FRAME);
    await this.#ended.promise;
  }

  [Symbol.dispose](): void {
    this.#closing = true;
    try {
      this.#conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  #answer(): Promise<BokehMessage> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }

  #receive(message: BokehMessage): void {
    if (message.type === "PATCH-DOC") return this.#onMessage?.(message);
    this.#waiting?.resolve(message);
    this.#waiting = undefined;
  }

  /** Reads until the connection is closed. Rejects the pending request if the server or an error closes it. */
  async #read(first: Uint8Array, bufferSize: number): Promise<void> {
    const parser = new FrameParser((opcode, payload, last) => this.#frame(opcode, payload, last));
    const buffer = new Uint8Array(bufferSize);
    try {
      parser.push(first);
      for (let read; (read = await this.#conn.read(buffer)) !== null;) parser.push(buffer.subarray(0, read));
      this.#fail(new Error("The server closed the connection"));
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error("Cannot read the socket", { cause: error }));
    }
    this[Symbol.dispose]();
    if (this.#failure === undefined) this.#ended.resolve();
    else this.#ended.reject(this.#failure);
  }

  #frame(opcode: number, payload: Uint8Array, last: boolean): void {
    if (opcode === Opcode.ping) return void this.#conn.write(encodeFrame(Opcode.pong, payload));
    if (opcode === Opcode.pong) return;
    if (opcode !== Opcode.close) return this.#messages.frame(opcode, payload, last);
    if (this.#closing) return;
    const cause = payload.length < 2 ? "no code" : payload[0]! * 256 + payload[1]!;
    const reason = new TextDecoder().decode(payload.slice(2));
    this.#fail(new Error(`The server closed the websocket with ${cause} ${reason}`, { cause }));
  }

  #fail(error: Error): void {
    if (this.#closing) return;
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
  }
}

const PULL = requestBytes("PULL-DOC-REQ", {});
const CLOSE_FRAME = encodeFrame(Opcode.close, Uint8Array.of(3, 232));

function handshake(port: number, path: string, token: string): Uint8Array {
  const key = crypto.getRandomValues(new Uint8Array(16)).toBase64();
  return new TextEncoder().encode([
    `GET ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    `Origin: http://localhost:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${key}`,
    `Sec-WebSocket-Protocol: bokeh, ${token}`,
    "\r\n",
  ].join("\r\n"));
}
