/** Puts Bokeh's messages together from websocket frames, reading no more of them than it must. */

import { type Fragment, Opcode } from "./frames.ts";

/** A whole message of a server. */
export interface BokehMessage {
  /** `ACK`, `OK`, `PATCH-DOC`, … */
  type: string;
  /** How many bytes all its fragments have. */
  bytes: number;
  /** Its fragments, where the reader was told to keep them. */
  fragments: Fragment[];
}

const decoder = new TextDecoder();

/** Takes the frames of a connection and tells of each message: header, metadata, content, and two frames a buffer. */
export class MessageReader {
  /** Whether messages are given with their fragments. */
  keep: boolean;
  readonly #listener: (message: BokehMessage) => void;
  #message: BokehMessage | undefined;
  /** How many fragments of the message are still to come. */
  #missing = 0;
  /** Parts of a fragment that came in several frames. */
  #parts: Uint8Array[] = [];
  #partsOpcode = 0;

  constructor(listener: (message: BokehMessage) => void, keep = false) {
    this.#listener = listener;
    this.keep = keep;
  }

  /** Takes a data frame; the payload is not kept beyond the call. */
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
