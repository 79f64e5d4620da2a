/**
 * Bokeh's protocol on a raw websocket: an ordinary client to stand by, and an attacker who knows the language.
 *
 * @module
 */

import { OPCODE, RawWebSocket } from "./raw_websocket.ts";
import type { Handshake } from "./raw_websocket.ts";
import { withDeadline } from "./raw_socket.ts";

/** JSON as it came: a test reads it as it expects it. */
// deno-lint-ignore no-explicit-any -- tests reach into it without end
export type Json = any;

/** A message of the server. */
export interface WireMessage {
  readonly type: string;
  readonly header: Json;
  readonly content: Json;
}

/** A token as an unsigned server believes it. */
export function unsignedToken(
  sessionId: unknown = `s-${crypto.randomUUID()}`,
  extra: Record<string, unknown> = {},
): string {
  return tokenOf({ session_id: sessionId, session_expiry: Math.floor(Date.now() / 1000) + 300, ...extra });
}

/** Any value as the body of a token. */
export function tokenOf(value: unknown): string {
  return base64url(new TextEncoder().encode(JSON.stringify(value)));
}

/** Base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

let sent = 0;

/** The three frames of a message without buffers. */
export function message(msgtype: string, content: unknown = {}, header: Record<string, unknown> = {}): string[] {
  return [JSON.stringify({ msgid: `t${++sent}`, msgtype, ...header }), "{}", JSON.stringify(content)];
}

/** A client that speaks the protocol. */
export class WireClient implements Disposable {
  readonly socket: RawWebSocket;

  constructor(socket: RawWebSocket) {
    this.socket = socket;
  }

  /** Connects to a session and takes its ACK. */
  static async connect(port: number, sessionId: string, handshake: Handshake = {}): Promise<WireClient> {
    const token = unsignedToken(sessionId);
    const client = new WireClient(await RawWebSocket.open(port, { token, ...handshake }));
    const first = await client.next();
    if (first?.type !== "ACK") throw new Error(`The server greeted with ${first?.type ?? "nothing"}`);
    return client;
  }

  /** The next message of the server; undefined where it closes or hangs up. */
  async next(seconds = 8): Promise<WireMessage | undefined> {
    return await withDeadline(this.#next(), () => this.close(), seconds);
  }

  /** Sends a message and answers with its reply; patches that come before it are skipped. */
  async ask(msgtype: string, content: unknown = {}): Promise<WireMessage | undefined> {
    const frames = message(msgtype, content);
    const { msgid } = JSON.parse(frames[0]!);
    await this.socket.sendAll(frames);
    for (;;) {
      const reply = await this.next();
      if (reply === undefined || reply.header.reqid === msgid) return reply;
    }
  }

  /** Sends a patch; `"OK"` or `"ERROR"`, undefined where the connection ends. */
  async patch(...events: unknown[]): Promise<string | undefined> {
    return (await this.ask("PATCH-DOC", { events }))?.type;
  }

  /** The document as it is now. */
  async pull(): Promise<Json> {
    return (await this.ask("PULL-DOC-REQ"))?.content.doc;
  }

  /** Sends frames as they are. */
  send(...parts: (string | Uint8Array)[]): Promise<boolean> {
    return this.socket.sendAll(parts);
  }

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

/** The id of a document's model by its name. */
export function idOf(doc: Json, name: string): string {
  let found: string | undefined;
  const walk = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    if (value.attributes?.name === name) found = value.id;
    for (const item of Object.values(value)) walk(item);
  };
  walk(doc);
  if (found === undefined) throw new Error(`The document has no model named ${name}`);
  return found;
}
