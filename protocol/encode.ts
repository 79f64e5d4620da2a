/**
 * Encodes messages as the frames of a websocket.
 *
 * @module
 */

import type { Frame, MessageContent, MessageType, WireBuffer } from "./message.ts";

/** Options of {@linkcode encodeMessage}. */
export interface EncodeOptions {
  /** Id of the message. By default the next id of this process. */
  msgid?: string;
  /**
   * On a reply: the `msgid` of the request, any JSON value. As in Python, null means that there is
   * none.
   */
  reqid?: unknown;
  /** On `ACK`: identifies the session object, see {@linkcode Header}. */
  session?: string;
  /** Binary data that the content refers to by id. */
  buffers?: readonly WireBuffer[];
}

let lastId = 0;

/** Returns a message id that is unique in this process. */
export function nextMessageId(): string {
  return `s${++lastId}`;
}

/**
 * Encodes a message as frames. Send them in this order, without frames of other messages between
 * them.
 *
 * @param type Message type.
 * @param content Content, or its JSON text if it is encoded already, as for a broadcast.
 */
export function encodeMessage<T extends MessageType>(
  type: T,
  content: MessageContent[T] | string,
  options: EncodeOptions = {},
): Frame[] {
  const { msgid = nextMessageId(), reqid, session, buffers } = options;
  let header = `{"msgid":${quoted(msgid)},"msgtype":"${type}"`;
  if (reqid !== undefined && reqid !== null) header += `,"reqid":${quoted(reqid)}`;
  if (session !== undefined) header += `,"session":${quoted(session)}`;
  if (buffers?.length) header += `,"num_buffers":${buffers.length}`;
  const frames: Frame[] = [header + "}", "{}", typeof content === "string" ? content : JSON.stringify(content)];
  for (const { id, data } of buffers ?? []) frames.push(`{"id":${quoted(id)}}`, data);
  return frames;
}

/** Returns the total length of frames: UTF-16 code units of text, and bytes of binary data. */
export function lengthOf(frames: readonly Frame[]): number {
  let length = 0;
  for (const frame of frames) length += frame.length;
  return length;
}

/** Ids that need no escaping. Almost all ids match; the test costs less than `JSON.stringify`. */
const PLAIN = /^[\w-]*$/;

function quoted(id: unknown): string {
  return typeof id === "string" && PLAIN.test(id) ? `"${id}"` : JSON.stringify(id);
}
