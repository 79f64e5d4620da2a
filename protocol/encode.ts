import type { Frame, MessageContent, MessageType, WireBuffer } from "./message.ts";

/** Options of {@linkcode encodeMessage}. */
export interface EncodeOptions {
  /** Id of the message; by default the next of this process. */
  msgid?: string;
  /** On a reply: the `msgid` of the request. As in Python, null is the same as none. */
  reqid?: unknown;
  /** On `ACK`: the session object, see {@linkcode Header}. */
  session?: string;
  /** Binary data that the content refers to. */
  buffers?: readonly WireBuffer[];
}

let lastId = 0;

/** Next id of a message, unique in this process. */
export function nextMessageId(): string {
  return `s${++lastId}`;
}

/**
 * Writes a message as the frames to send, in order and with nothing between them.
 *
 * @param type type of the message
 * @param content content, or its JSON text where that was made before
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

/** Returns the length of frames: characters of text, and bytes of binary data. */
export function lengthOf(frames: readonly Frame[]): number {
  let length = 0;
  for (const frame of frames) length += frame.length;
  return length;
}

/** Most ids are so plain that to look at them costs less than to write them as JSON. */
const PLAIN = /^[\w-]*$/;

function quoted(id: unknown): string {
  return typeof id === "string" && PLAIN.test(id) ? `"${id}"` : JSON.stringify(id);
}
