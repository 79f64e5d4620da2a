/**
 * Messages between the processes of a server, as lines of JSON.
 *
 * @module
 */

/** Maximum length of a line, in characters: a change of shared data can contain all columns. */
const MAX_LINE_LENGTH = 256 * 1024 * 1024;

/** Length of the lines that are encoded together, in characters, if they are not longer each. */
const MAX_WRITE_LENGTH = 1024 * 1024;

const encoder = new TextEncoder();

/** A connection that sends and receives lines of JSON. What is sent in one turn is written together. */
export class LineChannel implements Disposable {
  readonly #conn: Deno.Conn;
  readonly #maxLineLength: number;
  #waiting: string[] = [];
  /** Length of `#waiting`, and of what the operating system has not taken. */
  #waitingLength = 0;
  #isWriting = false;
  #closed = false;

  /** @param maxLineLength Maximum length of a line that is sent, in characters. Tests lower it. */
  constructor(conn: Deno.Conn, maxLineLength: number = MAX_LINE_LENGTH) {
    this.#conn = conn;
    this.#maxLineLength = maxLineLength;
  }

  /**
   * Sends a value. Returns the length of its line in characters. The value is discarded if the connection has closed.
   *
   * @throws {RangeError} If the line is too long for the receiver.
   */
  send(value: unknown): number {
    const line = JSON.stringify(value);
    if (line.length > this.#maxLineLength) {
      throw new RangeError(
        `Cannot send a message to another process: it has ${line.length} characters, at most ${this.#maxLineLength}`,
      );
    }
    const length = line.length + 1;
    if (this.#closed) return length;
    this.#waiting.push(line);
    this.#waitingLength += length;
    if (!this.#isWriting) {
      this.#isWriting = true;
      queueMicrotask(() => void this.#write());
    }
    return length;
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
      while (this.#waiting.length > 0) {
        const text = this.#takeLines();
        let bytes = encoder.encode(text);
        while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
        this.#waitingLength -= text.length;
      }
    } catch {
      // the connection has closed, which ends receive()
      this.#waiting = [];
      this.#waitingLength = 0;
    } finally {
      this.#isWriting = false;
    }
  }

  /** Removes the next lines: together they can be longer than a string may be. */
  #takeLines(): string {
    let [count, length] = [0, 0];
    do length += this.#waiting[count++]!.length + 1; while (
      count < this.#waiting.length && length + this.#waiting[count]!.length < MAX_WRITE_LENGTH
    );
    return this.#waiting.splice(0, count).join("\n") + "\n";
  }
}
