/** A buffered reader of a connection, which reads up to a delimiter or a number of bytes. */

const decoder = new TextDecoder();

/** A source of bytes, such as a `Deno.Conn`. */
export interface ByteSource {
  /** Reads bytes into a buffer. Returns their number, or null at the end of the source. */
  read(buffer: Uint8Array): Promise<number | null>;
}

/** A buffered reader. */
export class ByteReader {
  readonly #source: ByteSource;
  #buffer: Uint8Array;
  #start = 0;
  #end = 0;

  constructor(source: ByteSource, size = 64 * 1024) {
    this.#source = source;
    this.#buffer = new Uint8Array(size);
  }

  /** Reads the head of an HTTP message: the text up to and including the first empty line. */
  async readHead(): Promise<string> {
    return decoder.decode(await this.#through("\r\n\r\n"));
  }

  /** Reads a line, and returns it without its line break. */
  async readLine(): Promise<string> {
    const line = await this.#through("\r\n");
    return decoder.decode(line.subarray(0, line.length - 2));
  }

  /** Skips `length` bytes. */
  async skip(length: number): Promise<void> {
    for (let left = length; left > 0;) {
      if (this.#start === this.#end) await this.#fill();
      const taken = Math.min(left, this.#end - this.#start);
      this.#start += taken;
      left -= taken;
    }
  }

  /** Reads `length` bytes, and returns a copy of them. */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length;) {
      if (this.#start === this.#end) await this.#fill();
      const part = this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + length - filled));
      bytes.set(part, filled);
      this.#start += part.length;
      filled += part.length;
    }
    return bytes;
  }

  /** Returns the buffered bytes and empties the buffer. */
  rest(): Uint8Array {
    const rest = this.#buffer.slice(this.#start, this.#end);
    this.#start = this.#end = 0;
    return rest;
  }

  /** Reads up to and including a delimiter. */
  async #through(mark: string): Promise<Uint8Array> {
    for (let from = this.#start;;) {
      const at = this.#find(mark, from);
      if (at >= 0) {
        const found = this.#buffer.subarray(this.#start, at + mark.length);
        this.#start = at + mark.length;
        return found;
      }
      // Continue behind the part that was searched, less the start of a delimiter at its end. `#fill` may move the bytes.
      const searched = Math.max(0, this.#end - this.#start - mark.length + 1);
      await this.#fill();
      from = this.#start + searched;
    }
  }

  #find(mark: string, from: number): number {
    const first = mark.charCodeAt(0);
    const last = this.#end - mark.length;
    // `indexOf` would search the whole buffer, including the part without received bytes.
    for (let at = from; at <= last; at++) {
      if (this.#buffer[at] !== first) continue;
      let matched = 1;
      while (matched < mark.length && this.#buffer[at + matched] === mark.charCodeAt(matched)) matched++;
      if (matched === mark.length) return at;
    }
    return -1;
  }

  async #fill(): Promise<void> {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#end === this.#buffer.length) this.#growBuffer();
    const read = await this.#source.read(this.#buffer.subarray(this.#end));
    if (read === null) throw new Error("Cannot read: the connection is closed");
    this.#end += read;
  }

  /** Moves the unread bytes to the start of the buffer, or doubles a buffer that is full of them. */
  #growBuffer(): void {
    const unread = this.#buffer.subarray(this.#start, this.#end);
    const target = this.#start > 0 ? this.#buffer : new Uint8Array(this.#buffer.length * 2);
    target.set(unread);
    this.#buffer = target;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
