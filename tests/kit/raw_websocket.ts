/**
 * A websocket client whose handshake and frames a test can make invalid in every part.
 *
 * @module
 */

import { RawSocket, withDeadline } from "./raw_socket.ts";

/** A frame that a test sends (RFC 6455). By default it is final, masked and valid. */
export interface RawFrame {
  opcode: number;
  payload?: string | Uint8Array;
  fin?: boolean;
  /** The reserved bits as they stand in the first byte. @default {0} */
  reserved?: number;
  masked?: boolean;
}

/** A frame from the server. */
export interface ServerFrame {
  readonly opcode: number;
  readonly fin: boolean;
  readonly payload: Uint8Array;
}

/** Opcodes of RFC 6455. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Parts of the request that opens a websocket. `null` leaves out a header. */
export interface Handshake {
  path?: string;
  token?: string;
  host?: string;
  protocol?: string | null;
  origin?: string | null;
  /** Further header lines, each with its `\r\n`. */
  extra?: string;
  method?: string;
  version?: string | null;
  key?: string | null;
  upgrade?: string | null;
  connection?: string | null;
}

/** Returns the text of the request that opens a websocket. */
export function handshakeText(port: number, handshake: Handshake = {}): string {
  const { path = "/app/ws", host = `localhost:${port}`, token = "", method = "GET" } = handshake;
  const line = (name: string, value: string | null) => value === null ? "" : `${name}: ${value}\r\n`;
  return `${method} ${path} HTTP/1.1\r\n` + line("Host", host) +
    line("Upgrade", orDefault(handshake.upgrade, "websocket")) +
    line("Connection", orDefault(handshake.connection, "Upgrade")) +
    line("Sec-WebSocket-Key", orDefault(handshake.key, "dGhlIHNhbXBsZSBub25jZQ==")) +
    line("Sec-WebSocket-Version", orDefault(handshake.version, "13")) +
    line("Sec-WebSocket-Protocol", orDefault(handshake.protocol, `bokeh, ${token}`)) +
    line("Origin", orDefault(handshake.origin, null)) + (handshake.extra ?? "") + "\r\n";
}

function orDefault(value: string | null | undefined, fallback: string | null): string | null {
  return value === undefined ? fallback : value;
}

/** An open websocket. */
export class RawWebSocket implements Disposable {
  readonly socket: RawSocket;
  /** The subprotocol that the server has chosen, if any. */
  readonly protocol: string | undefined;

  constructor(socket: RawSocket, protocol?: string) {
    this.socket = socket;
    this.protocol = protocol;
  }

  /**
   * Opens a websocket.
   *
   * @throws {Error} If the server does not answer with status 101.
   */
  static async open(port: number, handshake: Handshake = {}): Promise<RawWebSocket> {
    const socket = await RawSocket.connect(port);
    await socket.send(handshakeText(port, handshake));
    const response = await withDeadline(socket.readResponse());
    if (response?.status !== 101) {
      socket.close();
      throw new Error(`The websocket was refused: ${response?.status ?? "the connection was closed"}`);
    }
    return new RawWebSocket(socket, response.headers.get("sec-websocket-protocol") ?? undefined);
  }

  /** Sends frames in one write. Returns whether the connection accepted them. */
  send(...frames: RawFrame[]): Promise<boolean> {
    return this.socket.send(join(frames.map(encodeFrame)));
  }

  /** Sends texts and binary data, each as one frame. Returns whether the connection accepted them. */
  sendAll(parts: readonly (string | Uint8Array)[]): Promise<boolean> {
    return this.send(
      ...parts.map((payload) => ({ opcode: typeof payload === "string" ? OPCODE.text : OPCODE.binary, payload })),
    );
  }

  /** Reads the next frame. Returns undefined when the connection is closed. */
  async next(): Promise<ServerFrame | undefined> {
    const head = await this.socket.read(2);
    if (head === undefined) return undefined;
    const fin = (head[0]! & 0x80) !== 0;
    const opcode = head[0]! & 0x0f;
    let length = head[1]! & 0x7f;
    if (length >= 126) {
      const wide = await this.socket.read(length === 126 ? 2 : 8);
      if (wide === undefined) return undefined;
      length = wide.reduce((sum, byte) => sum * 256 + byte, 0);
    }
    const payload = await this.socket.read(length);
    return payload && { fin, opcode, payload };
  }

  /** Waits for the close frame and returns its code. Skips other frames. Returns undefined if the connection is closed without one. */
  async closeCode(seconds = 8): Promise<number | undefined> {
    return (await this.closeFrame(seconds))?.code;
  }

  /** Waits for the close frame. Skips other frames. Returns undefined if the connection is closed without one. */
  async closeFrame(seconds = 8): Promise<{ code: number; reason: string } | undefined> {
    const wait = async () => {
      for (let frame = await this.next(); frame !== undefined; frame = await this.next()) {
        if (frame.opcode !== OPCODE.close) continue;
        const { payload } = frame;
        const code = payload.length < 2 ? 1005 : payload[0]! * 256 + payload[1]!;
        return { code, reason: new TextDecoder().decode(payload.subarray(2)) };
      }
      return undefined;
    };
    return await withDeadline(wait(), () => this.close(), seconds);
  }

  /** Closes the connection without a close frame. */
  close(): void {
    this.socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

const MASK = [1, 2, 3, 4];

/** Encodes a frame. */
export function encodeFrame(frame: RawFrame): Uint8Array {
  const { opcode, fin = true, reserved = 0, masked = true } = frame;
  const payload = typeof frame.payload === "string"
    ? new TextEncoder().encode(frame.payload)
    : frame.payload ?? new Uint8Array(0);
  const first = (fin ? 0x80 : 0) | reserved << 4 | opcode;
  const length = payload.length < 126
    ? [payload.length]
    : payload.length < 65_536
    ? [126, payload.length >> 8, payload.length & 0xff]
    : [127, ...[56, 48, 40, 32, 24, 16, 8, 0].map((shift) => Math.floor(payload.length / 2 ** shift) & 0xff)];
  length[0]! |= masked ? 0x80 : 0;
  const body = masked ? payload.map((byte, i) => byte ^ MASK[i % 4]!) : payload;
  return join([Uint8Array.of(first, ...length, ...masked ? MASK : []), body]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
