/** Reads a connection by what is in it: up to a mark, or so many bytes. */

const decoder = new TextDecoder();

/** Bytes that come from somewhere, as `Deno.Conn` reads them. */
export interface ByteSource {
  /** Puts bytes into a buffer; null when there are no more. */
  read(buffer: Uint8Array): Promise<number | null>;
}

/** A source of bytes with a buffer before it. */
export class ByteReader {
  readonly #source: ByteSource;
  #buffer: Uint8Array;
  #start = 0;
  #end = 0;

  constructor(source: ByteSource, size = 64 * 1024) {
    this.#source = source;
    this.#buffer = new Uint8Array(size);
  }

  /** Text up to an empty line, that line included: the head of an HTTP message. */
  async readHead(): Promise<string> {
    return decoder.decode(await this.#through("\r\n\r\n"));
  }

  /** Text up to the end of the line, without it. */
  async readLine(): Promise<string> {
    const line = await this.#through("\r\n");
    return decoder.decode(line.subarray(0, line.length - 2));
  }

  /** Leaves so many bytes out. */
  async skip(length: number): Promise<void> {
    for (let left = length; left > 0;) {
      if (this.#start === this.#end) await this.#fill();
      const taken = Math.min(left, this.#end - this.#start);
      this.#start += taken;
      left -= taken;
    }
  }

  /** A copy of so many bytes. */
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

  /** What has arrived and was not read yet. */
  rest(): Uint8Array {
    const rest = this.#buffer.slice(this.#start, this.#end);
    this.#start = this.#end = 0;
    return rest;
  }

  /** Everything up to a mark, the mark included. */
  async #through(mark: string): Promise<Uint8Array> {
    for (let from = this.#start;;) {
      const at = this.#find(mark, from);
      if (at >= 0) {
        const found = this.#buffer.subarray(this.#start, at + mark.length);
        this.#start = at + mark.length;
        return found;
      }
      // What is searched already stays searched, but a mark may have begun at its end; filling may move it.
      const searched = Math.max(0, this.#end - this.#start - mark.length + 1);
      await this.#fill();
      from = this.#start + searched;
    }
  }

  #find(mark: string, from: number): number {
    const first = mark.charCodeAt(0);
    const last = this.#end - mark.length;
    // Not `indexOf`: it would search the whole buffer, beyond what has arrived.
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
    if (this.#end === this.#buffer.length) this.#makeRoom();
    const read = await this.#source.read(this.#buffer.subarray(this.#end));
    if (read === null) throw new Error("Cannot read on: the connection has ended");
    this.#end += read;
  }

  #makeRoom(): void {
    const held = this.#buffer.subarray(this.#start, this.#end);
    const roomy = this.#start > 0 ? this.#buffer : new Uint8Array(this.#buffer.length * 2);
    roomy.set(held);
    this.#buffer = roomy;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
