/**
 * Assembles the frames of a websocket to messages.
 *
 * @module
 */

import type { Limits } from "../common/limits.ts";
import { ProtocolError } from "./error.ts";
import { byteLength, parseObject } from "./json_text.ts";
import { IdMap } from "./hash_flooding.ts";
import type { Frame, Header, Message, MessageType } from "./message.ts";
import { CLIENT_MESSAGE_TYPES } from "./message_types.ts";
import { validateHeader, validateMessage } from "./validate.ts";

const MAX_BUFFER_HEADER_LENGTH = 1024;
/**
 * Maximum characters of a header and of metadata: both are parsed before the rest of the message
 * has arrived.
 */
const MAX_HEADER_LENGTH = 512 * 1024;
/** Most messages have no buffers. They share this map, which is never filled. */
const NO_BUFFERS = new Map<string, Uint8Array>();
const CLIENT_TYPES: ReadonlySet<string> = new Set(CLIENT_MESSAGE_TYPES);

/** Limits of a {@linkcode MessageDecoder}. */
export type DecoderLimits = Pick<Limits, "maxMessageBytes" | "buffersPerMessage" | "valuesPerMessage">;

/** A message whose frames have all arrived and whose content has not been parsed. */
export interface CollectedMessage {
  /** The header. */
  header: Header;
  /** The metadata, which Bokeh leaves empty. */
  metadata: object;
  /** The content as JSON text. */
  content: string;
  /** The binary buffers, by the ids that the content refers to. */
  buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * Assembles messages from frames. A message is a header, metadata and content as JSON texts, then
 * for each buffer a text with its id and a binary frame.
 *
 * An error of code `invalid_content` concerns one message: the decoder can go on with the next.
 * After any other error the stream of frames is out of step, and the decoder must not be used
 * again.
 */
export class MessageDecoder {
  readonly #limits: DecoderLimits;
  readonly #accepts: ReadonlySet<string>;
  #parts: Partial<CollectedMessage> = {};
  #buffers = NO_BUFFERS;
  #bufferId: string | undefined;
  #bufferBytes = 0;

  /**
   * Creates a decoder.
   *
   * @param limits The limits.
   * @param accepts Message types to accept: by default those that clients send. A message of any
   * other type is an error of code `unexpected_type`.
   */
  constructor(limits: DecoderLimits, accepts?: Iterable<MessageType>) {
    this.#limits = limits;
    this.#accepts = accepts === undefined ? CLIENT_TYPES : new Set(accepts);
  }

  /**
   * Adds a frame. Returns the message that the frame completes, or undefined if more frames belong
   * to the message.
   *
   * @throws {ProtocolError} If the frame is not allowed at this point, or the content does not
   * match its type.
   */
  push(frame: Frame): Message | undefined {
    const collected = this.collect(frame);
    return collected && this.read(collected);
  }

  /**
   * Adds a frame, as {@linkcode push}, without parsing the content. The message takes no more
   * memory than its frames until {@linkcode read} is called, so that messages can wait cheaply.
   *
   * @throws {ProtocolError} If the frame is not allowed at this point.
   */
  collect(frame: Frame): CollectedMessage | undefined {
    const { header, metadata, content } = this.#parts;
    if (header === undefined) {
      this.#parts.header = validateHeader(
        this.#parseShortObject(frame, "header"),
        this.#accepts,
        this.#limits.buffersPerMessage,
      );
      return undefined;
    }
    if (metadata === undefined) {
      this.#parts.metadata = this.#parseShortObject(frame, "metadata");
      return undefined;
    }
    if (content === undefined) {
      if (header.num_buffers) this.#buffers = new IdMap();
      return this.#finishIfComplete({ header, metadata, content: this.#text(frame), buffers: this.#buffers });
    }
    return this.#pushBuffer({ header, metadata, content, buffers: this.#buffers }, frame);
  }

  /**
   * Parses and checks the content of a collected message.
   *
   * @throws {ProtocolError} If the content is not JSON, or does not match its type.
   */
  read({ header, metadata, content, buffers }: CollectedMessage): Message {
    return validateMessage({
      type: header.msgtype,
      header,
      metadata,
      content: parseObject(content, "content", this.#limits.valuesPerMessage),
      buffers,
    });
  }

  #parseShortObject(frame: Frame, what: string): Record<string, unknown> {
    const text = this.#text(frame);
    if (text.length > MAX_HEADER_LENGTH) throw new ProtocolError(`Cannot use ${what}: too big`, "too_big");
    return parseObject(text, what, this.#limits.valuesPerMessage);
  }

  #pushBuffer(raw: CollectedMessage, frame: Frame): CollectedMessage | undefined {
    if (this.#bufferId === undefined) {
      const text = this.#text(frame);
      // The limit on the number of buffers limits the sum of these texts only if each of them is
      // short.
      if (text.length > MAX_BUFFER_HEADER_LENGTH) {
        throw new ProtocolError("Cannot use buffer header: too big", "too_big");
      }
      const { id } = parseObject(text, "buffer header");
      if (typeof id !== "string") throw new ProtocolError("Cannot use buffer header: id is not a string", "malformed");
      if (this.#buffers.has(id)) throw new ProtocolError("Cannot use buffer header: id is not unique", "malformed");
      this.#bufferId = id;
      return undefined;
    }
    if (typeof frame === "string") throw new ProtocolError("Cannot use buffer: not binary", "wrong_frame_kind");
    this.#bufferBytes += frame.byteLength;
    if (this.#bufferBytes > this.#limits.maxMessageBytes) {
      throw new ProtocolError("Cannot use buffers: their total size is too big", "too_big");
    }
    this.#buffers.set(this.#bufferId, frame);
    this.#bufferId = undefined;
    return this.#finishIfComplete(raw);
  }

  #finishIfComplete(raw: CollectedMessage): CollectedMessage | undefined {
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
    if (byteLength(frame, this.#limits.maxMessageBytes) > this.#limits.maxMessageBytes) {
      throw new ProtocolError("Cannot use frame: too big", "too_big");
    }
    return frame;
  }
}
