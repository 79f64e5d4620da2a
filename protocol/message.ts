import type { PatchEvent } from "./patch.ts";

/** What one websocket message carries: text or binary. A protocol message is several frames. */
export type Frame = string | Uint8Array;

/** Binary data beside a message, referred to by id from its content. */
export interface WireBuffer {
  id: string;
  data: Uint8Array;
}

/** A document as it stands on the wire and in files. */
export interface DocJson {
  version?: string;
  title: string;
  config?: unknown;
  defs?: unknown[];
  callbacks?: unknown;
  roots: unknown[];
}

/** Content of each type of message. */
export interface MessageContent {
  "ACK": Record<string, never>;
  "OK": Record<string, never>;
  "ERROR": { text: string; traceback: string | null };
  "PULL-DOC-REQ": Record<string, never>;
  "PULL-DOC-REPLY": { doc: DocJson };
  "PUSH-DOC": { doc: DocJson };
  "PATCH-DOC": { events: PatchEvent[] };
  "SERVER-INFO-REQ": Record<string, never>;
  "SERVER-INFO-REPLY": { version_info: { bokeh: string; server: string } };
}

/** Name of a type of message. */
export type MessageType = keyof MessageContent;

/** First frame of a message. */
export interface Header<T extends MessageType = MessageType> {
  /** Given by the sender; a reply names it as its `reqid`. */
  msgid: string;
  msgtype: T;
  /** On replies: the `msgid` of the request. */
  reqid?: string;
  num_buffers?: number;
}

/** A whole message of one type. */
export interface MessageOf<T extends MessageType> {
  /** The header's `msgtype`, by which the union of messages is told apart. */
  type: T;
  header: Header<T>;
  metadata: object;
  content: MessageContent[T];
  buffers: Map<string, Uint8Array>;
}

/** A whole message, told apart by `type`. */
export type Message = { [T in MessageType]: MessageOf<T> }[MessageType];
