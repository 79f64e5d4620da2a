/** An incremental parser of the websocket frames of a server. */

/**
 * Receives each frame. The payload can be a view of the pushed bytes and is valid only until the call returns.
 * Continuation frames have opcode 0. `last` is true for the last frame of a message.
 */
export type FrameListener = (opcode: number, payload: Uint8Array, last: boolean) => void;

/** Accepts bytes in chunks of any size and calls the listener for each complete frame. */
export class FrameParser {
  readonly #listener: FrameListener;
  /** The first bytes of an incomplete frame header. */
  #head: Uint8Array = new Uint8Array(0);
  #opcode = 0;
  #last = true;
  /** The payload of an incomplete frame. */
  #payload: Uint8Array | undefined;
  #filled = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Parses the next bytes of the connection. */
  push(piece: Uint8Array): void {
    let bytes = piece;
    let offset = this.#payload === undefined ? 0 : this.#fill(bytes, 0);
    if (this.#head.length > 0) {
      bytes = concat(this.#head, bytes.subarray(offset));
      this.#head = new Uint8Array(0);
      offset = 0;
    }
    while (offset < bytes.length) {
      const start = this.#readHead(bytes, offset);
      if (start === undefined) {
        this.#head = bytes.slice(offset);
        return;
      }
      offset = start.payload + start.length;
      if (offset > bytes.length) {
        this.#payload = new Uint8Array(start.length);
        this.#filled = 0;
        this.#fill(bytes, start.payload);
        return;
      }
      this.#listener(this.#opcode, bytes.subarray(start.payload, offset), this.#last);
    }
  }

  /** Returns the offset and length of the payload of the frame at `offset`, or undefined if its header is incomplete. */
  #readHead(bytes: Uint8Array, offset: number): { payload: number; length: number } | undefined {
    if (bytes.length < offset + 2) return undefined;
    const short = bytes[offset + 1]! & 0x7f;
    const size = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < offset + size) return undefined;
    if (bytes[offset + 1]! & 0x80) throw new TypeError("Cannot read a frame: frames of a server must not be masked");
    this.#opcode = bytes[offset]! & 0x0f;
    this.#last = (bytes[offset]! & 0x80) !== 0;
    if (size === 2) return { payload: offset + 2, length: short };
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
    return { payload: offset + size, length: size === 4 ? view.getUint16(2) : Number(view.getBigUint64(2)) };
  }

  /** Continues a payload that began in an earlier chunk. Returns the offset of the next frame. */
  #fill(bytes: Uint8Array, offset: number): number {
    const payload = this.#payload!;
    const part = bytes.subarray(offset, offset + payload.length - this.#filled);
    payload.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled === payload.length) {
      this.#payload = undefined;
      this.#listener(this.#opcode, payload, this.#last);
    }
    return offset + part.length;
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
