/** A client of HTTP/1.1 with a persistent connection. It does little work for each request, because it shares the machine with the server. */

import { ByteReader } from "./byte_reader.ts";

/** A response. */
export interface HttpAnswer {
  /** Status code. */
  status: number;
  /** The status line and the headers. */
  head: string;
  /** The body. Empty unless `request` was called with `keep`. */
  body: Uint8Array<ArrayBuffer>;
  /** Length of the body in bytes, with its content coding. */
  length: number;
}

const encoder = new TextEncoder();

/** Encodes a GET request, which can be sent several times. */
export function getRequest(port: number, path: string, headers: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return encoder.encode(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${lines}\r\n`);
}

/** Returns the value of a header in the head of a response. */
export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \t]*(.*?)[ \t]*\r$`, "im").exec(head)?.[1];
}

/** A connection to a server on this machine. It sends one request at a time. */
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

  /** Sends a request and reads the whole response. Returns its body only if `keep` is true. */
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
    if (Number.isNaN(length)) throw new Error(`Cannot read the response: it has no length: ${head}`);
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

/** Connects to a port of this machine with `TCP_NODELAY`. */
export async function connect(port: number): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  conn.setNoDelay(true);
  return conn;
}

/** Writes all bytes, with one system call unless the send buffer is full. */
export async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await conn.write(bytes.subarray(written));
}
