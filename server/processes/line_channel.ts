/**
 * Messages between the processes of a server, as lines of JSON.
 *
 * @module
 */

/** Maximum length of a line, in characters: a change of shared data can contain all columns. */
const MAX_LINE_LENGTH = 256 * 1024 * 1024;

const encoder = new TextEncoder();

/** A connection that sends and receives lines of JSON. What is sent in one turn is written together. */
export class LineChannel implements Disposable {
  readonly #conn: Deno.Conn;
  #waiting = "";
  /** Length of `#waiting`, and of what the operating system has not taken. */
  #waitingLength = 0;
  #isWriting = false;
  #closed = false;

  constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  /** Sends a value. Does nothing if the connection has closed. */
  send(value: unknown): void {
    const line = JSON.stringify(value) + "\n";
    this.#waiting += line;
    this.#waitingLength += line.length;
    if (this.#isWriting) return;
    this.#isWriting = true;
    queueMicrotask(() => void this.#write());
  }

  /** Number of characters that the receiver has not taken. */
  get waitingLength(): number {
    return this.#waitingLength;
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
    /** The parts of a line that has not ended. */
    let parts: string[] = [];
    let length = 0;
    for (let count = await this.#read(buffer); count !== null; count = await this.#read(buffer)) {
      const lines = decoder.decode(buffer.subarray(0, count), { stream: true }).split("\n");
      const rest = lines.pop()!;
      for (const end of lines) {
        const line = parts.join("") + end;
        parts = [];
        length = 0;
        listener(JSON.parse(line));
      }
      parts.push(rest);
      length += rest.length;
      if (length > MAX_LINE_LENGTH) throw new RangeError("Cannot receive message: it is too long");
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
        const { length } = this.#waiting;
        let bytes = encoder.encode(this.#waiting);
        this.#waiting = "";
        while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
        this.#waitingLength -= length;
      }
    } catch {
      this.#waiting = ""; // the connection has closed, which ends receive()
    } finally {
      this.#isWriting = false;
    }
  }
}
