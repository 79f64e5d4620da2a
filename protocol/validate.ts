import { ProtocolError } from "./error.ts";
import { isObject } from "./json_text.ts";
import type { Header, Message, MessageType } from "./message.ts";

/** A message put together from frames and not yet trusted. */
export interface RawMessage {
  type: MessageType;
  header: Header;
  metadata: object;
  content: Record<string, unknown>;
  buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * Takes a parsed header for what it says; any flaw is a breach that ends the connection.
 *
 * @param value what the header frame held
 * @param accepted types that this end is sent
 * @param maxBuffers most buffers one message may announce
 */
export function validateHeader(
  value: Record<string, unknown>,
  accepted: ReadonlySet<string>,
  maxBuffers: number,
): Header {
  const { msgid, msgtype, reqid, num_buffers } = value;
  if (msgid === undefined) throw new ProtocolError("Cannot use header: msgid is missing", "malformed");
  if (typeof msgtype !== "string") throw new ProtocolError("Cannot use header: msgtype is not a string", "malformed");
  if (!isAccepted(msgtype, accepted)) {
    throw new ProtocolError("Cannot use header: msgtype is not one to send here", "unexpected_type");
  }
  const header: Header = { msgid, msgtype };
  if (typeof reqid === "string") header.reqid = reqid;
  if (num_buffers !== undefined) {
    if (typeof num_buffers !== "number" || !Number.isSafeInteger(num_buffers) || num_buffers < 0) {
      throw new ProtocolError("Cannot use header: num_buffers is not an integer from 0", "malformed");
    }
    if (num_buffers > maxBuffers) {
      throw new ProtocolError(`Cannot use header: more than ${maxBuffers} buffers`, "too_big");
    }
    header.num_buffers = num_buffers;
  }
  return header;
}

/**
 * Takes a message for one of its type. Content that is not of the type is the fault of this one message: the error is
 * answered with ERROR and the connection goes on. Single events of a patch are the document's to judge.
 */
export function validateMessage(raw: RawMessage): Message {
  if (!isMessage(raw)) {
    const reqid = raw.header.msgid;
    throw new ProtocolError(`Cannot use content: not that of ${raw.type}`, "invalid_content", { reqid });
  }
  return raw;
}

function isAccepted(msgtype: string, accepted: ReadonlySet<string>): msgtype is MessageType {
  return accepted.has(msgtype);
}

function isMessage(raw: RawMessage): raw is Message {
  return CONTENT_CHECKS[raw.type](raw.content);
}

function anything(): boolean {
  return true;
}

function hasDocument({ doc }: Record<string, unknown>): boolean {
  return isObject(doc) && Array.isArray(doc.roots);
}

// what the receiving code relies on; the rest of an object is free, as in Bokeh
const CONTENT_CHECKS: { [T in MessageType]: (content: Record<string, unknown>) => boolean } = {
  "ACK": anything,
  "OK": anything,
  "ERROR": ({ text }) => typeof text === "string",
  "PULL-DOC-REQ": anything,
  "PULL-DOC-REPLY": hasDocument,
  "PUSH-DOC": hasDocument,
  "PATCH-DOC": ({ events }) => Array.isArray(events) && events.every(isObject),
  "SERVER-INFO-REQ": anything,
  "SERVER-INFO-REPLY": ({ version_info }) => isObject(version_info),
};
