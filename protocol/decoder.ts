import { ProtocolError } from "./error.ts";
import { byteLength, parseObject } from "./json_text.ts";
import { IdMap } from "./hash_flooding.ts";
import type { Frame, Header, Message, MessageType } from "./message.ts";
import { CLIENT_MESSAGE_TYPES } from "./message_types.ts";
import { validateHeader, validateMessage } from "./validate.ts";

const MAX_BUFFER_HEADER_LENGTH = 1024;
/** Longest header or metadata of a message: they are parsed before the rest of the message has arrived. */
const MAX_HEADER_LENGTH = 512 * 1024;
/** Most messages have none: they share this map, which nobody fills. */
const NO_BUFFERS = new Map<string, Uint8Array>();
const OF_CLIENTS: ReadonlySet<string> = new Set(CLIENT_MESSAGE_TYPES);

/** Limits of a {@linkcode MessageDecoder}. */
export interface DecoderLimits {
  /**
   * Most bytes in one frame, and in all buffers of one message together.
   *
   * @default {20 * 1024 * 1024}
   */
  maxMessageBytes?: number;
  /**
   * Most buffers of one message.
   *
   * @default {10_000}
   */
  maxBuffers?: number;
  /**
   * Most arrays and objects in the JSON of one message.
   *
   * @default {1_000_000}
   */
  maxValues?: number;
  /**
   * Types of message that this end is sent.
   *
   * @default {CLIENT_MESSAGE_TYPES}
   */
  accepts?: Iterable<MessageType>;
}

/** A message whose frames have all arrived, with its content as text. */
export interface CollectedMessage {
  /** The header. */
  header: Header;
  /** The metadata. */
  metadata: object;
  /** JSON of the content. */
  content: string;
  /** The binary data beside it, by id. */
  buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * Puts messages together from the frames they come in: header, metadata, content, then for each buffer its header and
 * its data. After it has thrown a breach it is of no more use; errors of code `invalid_content` leave it ready for the
 * next message.
 */
export class MessageDecoder {
  readonly #maxBytes: number;
  readonly #maxBuffers: number;
  readonly #maxValues: number;
  readonly #accepts: ReadonlySet<string>;
  #parts: Partial<CollectedMessage> = {};
  #buffers = NO_BUFFERS;
  #bufferId: string | undefined;
  #bufferBytes = 0;

  /** Makes a decoder of what a client sends, unless the limits accept other types. */
  constructor(limits: DecoderLimits = {}) {
    this.#maxBytes = limits.maxMessageBytes ?? 20 * 1024 * 1024;
    this.#maxBuffers = limits.maxBuffers ?? 10_000;
    this.#maxValues = limits.maxValues ?? 1_000_000;
    this.#accepts = limits.accepts === undefined ? OF_CLIENTS : new Set(limits.accepts);
  }

  /** Takes the next frame; answers with the message that it completes. */
  push(frame: Frame): Message | undefined {
    const whole = this.collect(frame);
    return whole && this.read(whole);
  }

  /**
   * Takes the next frame. Returns the message that it completes, undefined when more frames belong to the message. Until
   * {@linkcode read} parses it, the message takes no more memory than its frames.
   *
   * @throws {ProtocolError} When the frame is not one that may come now.
   */
  collect(frame: Frame): CollectedMessage | undefined {
    const { header, metadata, content } = this.#parts;
    if (header === undefined) {
      this.#parts.header = validateHeader(this.#shortObject(frame, "header"), this.#accepts, this.#maxBuffers);
      return undefined;
    }
    if (metadata === undefined) {
      this.#parts.metadata = this.#shortObject(frame, "metadata");
      return undefined;
    }
    if (content === undefined) {
      if (header.num_buffers) this.#buffers = new IdMap();
      return this.#finishIfWhole({ header, metadata, content: this.#text(frame), buffers: this.#buffers });
    }
    return this.#pushBuffer({ header, metadata, content, buffers: this.#buffers }, frame);
  }

  /**
   * Returns the message of its frames.
   *
   * @throws {ProtocolError} When the content is not one of its type.
   */
  read({ header, metadata, content, buffers }: CollectedMessage): Message {
    return validateMessage({
      type: header.msgtype,
      header,
      metadata,
      content: parseObject(content, "content", this.#maxValues),
      buffers,
    });
  }

  #shortObject(frame: Frame, what: string): Record<string, unknown> {
    const text = this.#text(frame);
    if (text.length > MAX_HEADER_LENGTH) throw new ProtocolError(`Cannot use ${what}: too big`, "too_big");
    return parseObject(text, what, this.#maxValues);
  }

  #pushBuffer(raw: CollectedMessage, frame: Frame): CollectedMessage | undefined {
    if (this.#bufferId === undefined) {
      const text = this.#text(frame);
      // so short that the count of buffers bounds them all
      if (text.length > MAX_BUFFER_HEADER_LENGTH) {
        throw new ProtocolError("Cannot use buffer header: too big", "too_big");
      }
      const { id } = parseObject(text, "buffer header");
      if (typeof id !== "string") throw new ProtocolError("Cannot use buffer header: id is not a string", "malformed");
      if (this.#buffers.has(id)) throw new ProtocolError("Cannot use buffer header: id was given before", "malformed");
      this.#bufferId = id;
      return undefined;
    }
    if (typeof frame === "string") throw new ProtocolError("Cannot use buffer: not binary", "wrong_frame_kind");
    this.#bufferBytes += frame.byteLength;
    if (this.#bufferBytes > this.#maxBytes) throw new ProtocolError("Cannot use buffers: too big in sum", "too_big");
    this.#buffers.set(this.#bufferId, frame);
    this.#bufferId = undefined;
    return this.#finishIfWhole(raw);
  }

  #finishIfWhole(raw: CollectedMessage): CollectedMessage | undefined {
    if (raw.buffers.size < (raw.header.num_buffers ?? 0)) {
      this.#parts = raw;
      return undefined;
    }
    this.#parts = {};
    this.#buffers = NO_BUFFERS;
    this.#bufferBytes = 0;
    return raw;
  }

  #text(frame: Frame): string {
    if (typeof frame !== "string") throw new ProtocolError("Cannot use frame: not text", "wrong_frame_kind");
    if (byteLength(frame, this.#maxBytes) > this.#maxBytes) {
      throw new ProtocolError("Cannot use frame: too big", "too_big");
    }
    return frame;
  }
}
