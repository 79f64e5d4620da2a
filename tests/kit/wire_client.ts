/**
 * A client of Bokeh's protocol on a raw websocket.
 *
 * @module
 */

import { type Json, message, unsignedToken } from "./messages.ts";
import { OPCODE, RawWebSocket } from "./raw_websocket.ts";
import type { Handshake } from "./raw_websocket.ts";
import { withDeadline } from "./raw_socket.ts";

/** A message of the server. */
export interface WireMessage {
  readonly type: string;
  readonly header: Json;
  readonly content: Json;
}

/** A client with one connection. It has no document and does not answer pings. */
export class WireClient implements Disposable {
  readonly socket: RawWebSocket;

  constructor(socket: RawWebSocket) {
    this.socket = socket;
  }

  /**
   * Opens a websocket without waiting for `ACK`.
   *
   * @throws {Error} If the server refuses the handshake.
   */
  static async open(port: number, handshake: Handshake): Promise<WireClient> {
    return new WireClient(await RawWebSocket.open(port, handshake));
  }

  /**
   * Connects to a session and waits for `ACK`.
   *
   * @throws {Error} If the server refuses the handshake or closes the websocket.
   */
  static async connect(port: number, sessionId: string, handshake: Handshake = {}): Promise<WireClient> {
    const token = unsignedToken(sessionId);
    const client = await WireClient.open(port, { token, ...handshake });
    const first = await client.next();
    if (first?.type === "ACK") return client;
    client.close();
    throw new Error(`Expected ACK, got ${first?.type ?? "the end of the connection"}`);
  }

  /** Reads the next message. Returns undefined when the server closes the websocket or the connection. */
  async next(seconds = 8): Promise<WireMessage | undefined> {
    return await withDeadline(this.#next(), () => this.close(), seconds);
  }

  /** Sends a message and returns its reply. Skips other messages, such as patches. */
  async ask(msgtype: string, content: unknown = {}): Promise<WireMessage | undefined> {
    const frames = message(msgtype, content);
    const { msgid } = JSON.parse(frames[0]!);
    await this.socket.sendAll(frames);
    for (;;) {
      const reply = await this.next();
      if (reply === undefined || reply.header.reqid === msgid) return reply;
    }
  }

  /** Sends a patch. Returns the type of the reply, `"OK"` or `"ERROR"`, or undefined if the connection is closed. */
  async patch(...events: unknown[]): Promise<string | undefined> {
    return (await this.ask("PATCH-DOC", { events }))?.type;
  }

  /** Pulls the document and returns its JSON. */
  async pull(): Promise<Json> {
    return (await this.ask("PULL-DOC-REQ"))?.content.doc;
  }

  /** Sends texts and binary data, each as one frame. Returns whether the connection accepted them. */
  send(...parts: (string | Uint8Array)[]): Promise<boolean> {
    return this.socket.sendAll(parts);
  }

  /** Closes the connection without a close frame. */
  close(): void {
    this.socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #next(): Promise<WireMessage | undefined> {
    const parts: Json[] = [];
    let buffers = 0;
    for (let frame = await this.#data(); frame !== undefined; frame = await this.#data()) {
      if (parts.length < 3) parts.push(JSON.parse(new TextDecoder().decode(frame)));
      else buffers++;
      if (parts.length === 3 && buffers === 2 * (parts[0].num_buffers ?? 0)) {
        return { type: parts[0].msgtype, header: parts[0], content: parts[2] };
      }
    }
    return undefined;
  }

  async #data(): Promise<Uint8Array | undefined> {
    for (;;) {
      const frame = await this.socket.next();
      if (frame === undefined || frame.opcode === OPCODE.close) return undefined;
      if (frame.opcode < OPCODE.close) return frame.payload;
    }
  }
}
