/** Cuts the bytes that a server sends into websocket frames. */

/**
 * Told of each frame. The payload may be a view of the bytes that were pushed: it is good until the call returns.
 * Continuations come as frames of opcode 0, `last` is true for the frame that ends a message.
 */
export type FrameListener = (opcode: number, payload: Uint8Array, last: boolean) => void;

/** Takes bytes as they arrive, in pieces of any size, and tells of each frame that is complete. */
export class FrameParser {
  readonly #listener: FrameListener;
  /** Bytes of a frame's head that is not complete yet. */
  #head: Uint8Array = new Uint8Array(0);
  #opcode = 0;
  #last = true;
  /** The payload that is being put together, if a piece ended inside of it. */
  #payload: Uint8Array | undefined;
  #filled = 0;

  constructor(listener: FrameListener) {
    this.#listener = listener;
  }

  /** Takes the next bytes of the connection. */
  push(piece: Uint8Array): void {
    let bytes = piece;
    let offset = this.#payload === undefined ? 0 : this.#fill(bytes, 0);
    if (this.#head.length > 0) {
      bytes = joined(this.#head, bytes.subarray(offset));
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

  /** Where the payload of the frame at `offset` begins and how long it is; undefined while its head is not complete. */
  #readHead(bytes: Uint8Array, offset: number): { payload: number; length: number } | undefined {
    if (bytes.length < offset + 2) return undefined;
    const short = bytes[offset + 1]! & 0x7f;
    const size = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < offset + size) return undefined;
    if (bytes[offset + 1]! & 0x80) throw new TypeError("Cannot read a frame: a server's frames are not masked");
    this.#opcode = bytes[offset]! & 0x0f;
    this.#last = (bytes[offset]! & 0x80) !== 0;
    if (size === 2) return { payload: offset + 2, length: short };
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
    return { payload: offset + size, length: size === 4 ? view.getUint16(2) : Number(view.getBigUint64(2)) };
  }

  /** Goes on with a payload that began in an earlier piece; returns where the next frame begins. */
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

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
