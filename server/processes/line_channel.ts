/**
 * Messages between the processes of a server, as lines of JSON.
 *
 * @module
 */

/** Maximum length of a line, in bytes. A session can have 1000 tokens. */
const MAX_LINE_BYTES = 1_000_000;

const encoder = new TextEncoder();

/** A connection that sends and receives lines of JSON. What is sent in one turn is written together. */
export class LineChannel implements Disposable {
  readonly #conn: Deno.Conn;
  #waiting = "";
  #isWriting = false;
  #closed = false;

  constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  /** Sends a value. Does nothing if the connection has closed. */
  send(value: unknown): void {
    this.#waiting += JSON.stringify(value) + "\n";
    if (this.#isWriting) return;
    this.#isWriting = true;
    queueMicrotask(() => void this.#write());
  }

  /**
   * Calls a function with each received value, until the connection closes.
   *
   * @throws {SyntaxError} If a line is not JSON.
   * @throws {RangeError} If a line is too long.
   */
  async receive(listener: (value: unknown) => void): Promise<void> {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(65_536);
    let rest = "";
    for (let count = await this.#read(buffer); count !== null; count = await this.#read(buffer)) {
      const lines = (rest + decoder.decode(buffer.subarray(0, count), { stream: true })).split("\n");
      rest = lines.pop()!;
      if (rest.length > MAX_LINE_BYTES) throw new RangeError("Cannot receive message: it is too long");
      for (const line of lines) listener(JSON.parse(line));
    }
  }

  /** Closes the connection. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#conn.close();
  }

  async #read(buffer: Uint8Array): Promise<number | null> {
    try {
      return await this.#conn.read(buffer);
    } catch {
      return null; // the other process has ended, or this one has closed the connection
    }
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting !== "") {
        let bytes = encoder.encode(this.#waiting);
        this.#waiting = "";
        while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
      }
    } catch {
      this.#waiting = ""; // the connection has closed, which ends receive()
    } finally {
      this.#isWriting = false;
    }
  }
}
