/**
 * A TCP connection for HTTP requests that other clients refuse to send.
 *
 * @module
 */

const encoder = new TextEncoder();

/** Encodes a text as Latin-1, one byte for each character, for headers that are not UTF-8. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** A parsed HTTP response. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A TCP connection to the server under test. */
export class RawSocket implements Disposable {
  readonly #connection: Deno.TcpConn;
  #received = new Uint8Array(0);
  #ended = false;
  #closed = false;

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects to a port of this machine. */
  static async connect(port: number): Promise<RawSocket> {
    return new RawSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Port of this end of the connection. */
  get localPort(): number {
    return this.#connection.localAddr.port;
  }

  /** Sends bytes. Returns false if the connection is closed. */
  async send(data: string | Uint8Array): Promise<boolean> {
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    try {
      for (let sent = 0; sent < bytes.length;) sent += await this.#connection.write(bytes.subarray(sent));
      return true;
    } catch (error) {
      if (isEndOfConnection(error)) return false;
      throw error;
    }
  }

  /** Reads `count` bytes. Returns undefined if the connection is closed before. */
  async read(count: number): Promise<Uint8Array | undefined> {
    while (this.#received.length < count) {
      if (!await this.#fill()) return undefined;
    }
    const bytes = this.#received.slice(0, count);
    this.#received = this.#received.subarray(count);
    return bytes;
  }

  /** Reads up to and including `mark`. Returns undefined if the connection is closed before. */
  async readThrough(mark: string): Promise<string | undefined> {
    for (;;) {
      const text = new TextDecoder("latin1").decode(this.#received);
      const at = text.indexOf(mark);
      if (at >= 0) {
        this.#received = this.#received.subarray(at + mark.length);
        return text.slice(0, at + mark.length);
      }
      if (!await this.#fill()) return undefined;
    }
  }

  /** Reads a response. Returns undefined if the connection is closed before. `withoutBody`: it answers a HEAD request. */
  async readResponse(withoutBody = false): Promise<RawResponse | undefined> {
    const head = await this.readThrough("\r\n\r\n");
    if (head === undefined) return undefined;
    const [line = "", ...fields] = head.trimEnd().split("\r\n");
    const status = Number(line.split(" ")[1]);
    const headers = new Headers();
    for (const field of fields) headers.append(field.slice(0, field.indexOf(":")), field.slice(field.indexOf(":") + 1));
    const length = Number(headers.get("content-length") ?? 0);
    const body = withoutBody || status === 304 || status === 101 ? new Uint8Array(0) : await this.read(length);
    return { status, headers, body: new TextDecoder().decode(body) };
  }

  /** Reads until the server closes the connection. */
  async readToEnd(): Promise<string> {
    while (await this.#fill());
    return new TextDecoder("latin1").decode(this.#received);
  }

  /** Closes the connection. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #fill(): Promise<boolean> {
    if (this.#ended) return false;
    try {
      const count = await this.#connection.read(this.#freeSpace());
      if (count === null) return !(this.#ended = true);
      const { buffer, byteOffset, length } = this.#received;
      this.#received = new Uint8Array(buffer, byteOffset, length + count);
      return true;
    } catch (error) {
      if (isEndOfConnection(error)) return !(this.#ended = true);
      throw error;
    }
  }

  /** Returns the free end of the buffer. Doubles a full buffer, so that a long response is not copied once per read. */
  #freeSpace(): Uint8Array {
    const { buffer, byteOffset, length } = this.#received;
    if (byteOffset + length < buffer.byteLength) return new Uint8Array(buffer, byteOffset + length);
    const wider = new Uint8Array(2 * length + 65_536);
    wider.set(this.#received);
    this.#received = wider.subarray(0, length);
    return wider.subarray(length);
  }
}

/** Sends the bytes of one request and returns the response, or undefined if the server closes the connection without one. */
export async function rawRequest(port: number, request: string | Uint8Array): Promise<RawResponse | undefined> {
  using socket = await RawSocket.connect(port);
  await socket.send(request);
  const isHead = typeof request === "string" && request.startsWith("HEAD ");
  return await withDeadline(socket.readResponse(isHead), () => socket.close());
}

/**
 * Waits for a promise for a limited time.
 *
 * @param giveUp Called when the time is over, to release what `work` waits for.
 * @throws {Error} If the time is over: a server that does not answer counts as a successful attack.
 */
export async function withDeadline<T>(work: Promise<T>, giveUp: () => void = () => {}, seconds = 8): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`The server did not answer within ${seconds} s`));
    giveUp();
  }, seconds * 1000);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function isEndOfConnection(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted ||
    error instanceof Deno.errors.ConnectionAborted || error instanceof Deno.errors.NotConnected;
}
