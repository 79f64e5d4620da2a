/** HTTP/1.1 over a connection that is kept, with as little work as possible for each request. */

import { ByteReader } from "./byte_reader.ts";

/** An answer to a request. */
export interface HttpAnswer {
  /** 200, 304, … */
  status: number;
  /** The status line and the headers, as they came. */
  head: string;
  /** Empty unless the request asked to keep it. */
  body: Uint8Array<ArrayBuffer>;
  /** How long the body was, as it traveled. */
  length: number;
}

const encoder = new TextEncoder();

/** The bytes of a GET request; made once, they may be sent any number of times. */
export function getRequest(port: number, path: string, headers: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return encoder.encode(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${lines}\r\n`);
}

/** The value of a header in an answer's head. */
export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \t]*(.*?)[ \t]*\r$`, "im").exec(head)?.[1];
}

/** A connection to a server of this machine: one request at a time. */
export class HttpConnection implements Disposable {
  readonly #conn: Deno.TcpConn;
  readonly #reader: ByteReader;

  constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
    this.#reader = new ByteReader(conn);
  }

  /** Connects to a port of this machine. */
  static async open(port: number): Promise<HttpConnection> {
    return new HttpConnection(await connect(port));
  }

  /** Sends the bytes of a request and reads the whole answer; its body is left out unless `keep` is true. */
  async request(bytes: Uint8Array, keep = false): Promise<HttpAnswer> {
    await writeAll(this.#conn, bytes);
    const head = await this.#reader.readHead();
    const status = Number(head.slice(9, 12));
    if (status === 304 || status === 204) return { status, head, body: new Uint8Array(0), length: 0 };
    const body = await this.#readBody(head, keep);
    return { status, head, ...body };
  }

  [Symbol.dispose](): void {
    this.#conn.close();
  }

  async #readBody(head: string, keep: boolean): Promise<{ body: Uint8Array<ArrayBuffer>; length: number }> {
    if (headerOf(head, "transfer-encoding")?.toLowerCase() === "chunked") return await this.#readChunks();
    const length = Number(headerOf(head, "content-length") ?? NaN);
    if (Number.isNaN(length)) throw new Error(`Cannot read the answer: it has no length: ${head}`);
    if (keep) return { body: await this.#reader.take(length), length };
    await this.#reader.skip(length);
    return { body: new Uint8Array(0), length };
  }

  async #readChunks(): Promise<{ body: Uint8Array<ArrayBuffer>; length: number }> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for (let size = -1; size !== 0;) {
      size = parseInt(await this.#reader.readLine(), 16);
      if (size > 0) chunks.push(await this.#reader.take(size));
      await this.#reader.readLine();
    }
    const body = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return { body, length: body.length };
  }
}

/** A connection to a port of this machine that sends at once what it is given. */
export async function connect(port: number): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  conn.setNoDelay(true);
  return conn;
}

/** Writes all of the bytes: one system call unless the other side is slow. */
export async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await conn.write(bytes.subarray(written));
}
