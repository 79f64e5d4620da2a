/**
 * Checks that headers and contents of messages have the shape that the receiving code relies on.
 *
 * @module
 */

import { isRecord } from "../common/is_record.ts";
import { ProtocolError } from "./error.ts";
import type { Header, Message, MessageType } from "./message.ts";

/** A message whose content has not been checked yet. */
export interface RawMessage {
  type: MessageType;
  header: Header;
  metadata: object;
  content: Record<string, unknown>;
  buffers: ReadonlyMap<string, Uint8Array>;
}

/**
 * Checks a parsed header and returns the fields that are in use.
 *
 * @param value The parsed header.
 * @param accepted Message types that this end accepts.
 * @param maxBuffers Maximum number of buffers of one message.
 * @throws {ProtocolError} If the header is invalid. The stream of frames cannot be followed any
 * further then.
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
    throw new ProtocolError("Cannot use header: msgtype is not accepted in this direction", "unexpected_type");
  }
  const header: Header = { msgid, msgtype };
  if (typeof reqid === "string") header.reqid = reqid;
  if (num_buffers !== undefined) {
    if (typeof num_buffers !== "number" || !Number.isSafeInteger(num_buffers) || num_buffers < 0) {
      throw new ProtocolError("Cannot use header: num_buffers is not a non-negative integer", "malformed");
    }
    if (num_buffers > maxBuffers) {
      throw new ProtocolError(`Cannot use header: more than ${maxBuffers} buffers`, "too_big");
    }
    header.num_buffers = num_buffers;
  }
  return header;
}

/**
 * Checks that the content of a message has the shape of its type. The document checks the events of
 * a patch one by one.
 *
 * @throws {ProtocolError} With code `invalid_content`. It concerns only this message: the
 * connection stays open.
 */
export function validateMessage(raw: RawMessage): Message {
  if (!isMessage(raw)) {
    const reqid = raw.header.msgid;
    throw new ProtocolError(`Cannot use content: it does not match ${raw.type}`, "invalid_content", { reqid });
  }
  return raw;
}

function isAccepted(msgtype: string, accepted: ReadonlySet<string>): msgtype is MessageType {
  return accepted.has(msgtype);
}

function isMessage(raw: RawMessage): raw is Message {
  return CONTENT_CHECKS[raw.type](raw.content);
}

function alwaysValid(): boolean {
  return true;
}

function hasDocument({ doc }: Record<string, unknown>): boolean {
  return isRecord(doc) && Array.isArray(doc.roots);
}

// Checks what the receiving code relies on. As in Bokeh, other fields are ignored.
const CONTENT_CHECKS: { [T in MessageType]: (content: Record<string, unknown>) => boolean } = {
  "ACK": alwaysValid,
  "OK": alwaysValid,
  "ERROR": ({ text }) => typeof text === "string",
  "PULL-DOC-REQ": alwaysValid,
  "PULL-DOC-REPLY": hasDocument,
  "PUSH-DOC": hasDocument,
  "PATCH-DOC": ({ events }) => Array.isArray(events) && events.every(isRecord),
  "SERVER-INFO-REQ": alwaysValid,
  "SERVER-INFO-REPLY": ({ version_info }) => isRecord(version_info),
};
