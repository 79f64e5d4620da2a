/** Assembles Bokeh's messages from websocket frames. Parses only the header of a message. */

import { type Fragment, Opcode } from "./frames.ts";

/** A message from a server. */
export interface BokehMessage {
  /** Message type, such as `PATCH-DOC`. */
  type: string;
  /** Total size of the fragments, in bytes. */
  bytes: number;
  /** The fragments, if `keep` was set; else empty. */
  fragments: Fragment[];
}

const decoder = new TextDecoder();

/** Accepts the frames of a connection and calls the listener for each message (header, metadata, content, and two frames for each buffer). */
export class MessageReader {
  /** Whether messages include their fragments. */
  keep: boolean;
  readonly #listener: (message: BokehMessage) => void;
  #message: BokehMessage | undefined;
  /** Number of fragments that the current message still needs. */
  #missing = 0;
  /** Payloads of the frames of an incomplete fragment. */
  #parts: Uint8Array[] = [];
  #partsOpcode = 0;

  constructor(listener: (message: BokehMessage) => void, keep = false) {
    this.#listener = listener;
    this.keep = keep;
  }

  /** Accepts a data frame. Does not keep a reference to the payload. */
  frame(opcode: number, payload: Uint8Array, last: boolean): void {
    if (last && this.#parts.length === 0) return this.#fragment(opcode, payload);
    if (opcode !== Opcode.continuation) this.#partsOpcode = opcode;
    this.#parts.push(payload.slice());
    if (!last) return;
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    this.#parts.reduce((offset, part) => (whole.set(part, offset), offset + part.length), 0);
    this.#parts = [];
    this.#fragment(this.#partsOpcode, whole);
  }

  #fragment(opcode: number, payload: Uint8Array): void {
    const message = this.#message ??= this.#begin(payload);
    this.#missing--;
    message.bytes += payload.length;
    if (this.keep) message.fragments.push(opcode === Opcode.text ? decoder.decode(payload) : payload.slice());
    if (this.#missing > 0) return;
    this.#message = undefined;
    this.#listener(message);
  }

  #begin(header: Uint8Array): BokehMessage {
    const { msgtype, num_buffers = 0 }: { msgtype: string; num_buffers?: number } = JSON.parse(decoder.decode(header));
    this.#missing = 3 + 2 * num_buffers;
    return { type: msgtype, bytes: 0, fragments: [] };
  }
}
