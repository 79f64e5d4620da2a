import type { PatchEvent } from "./patch.ts";

/** What one websocket message carries: text or binary. A protocol message is several frames. */
export type Frame = string | Uint8Array;

/** Binary data beside a message, referred to by id from its content. */
export interface WireBuffer {
  /** What the content calls it. */
  id: string;
  /** The bytes. */
  data: Uint8Array;
}

/** A document as it stands on the wire and in files. */
export interface DocJson {
  /** Version of Bokeh that wrote it. */
  version?: string;
  /** Title of its page. */
  title: string;
  /** Model of its configuration. */
  config?: unknown;
  /** Classes of models that the receiver does not know. */
  defs?: unknown[];
  /** Callbacks in JavaScript, by name of event. */
  callbacks?: unknown;
  /** Models that are shown for themselves. */
  roots: unknown[];
}

/** Content of each type of message. */
export interface MessageContent {
  /** The server has made the session. */
  "ACK": Record<string, never>;
  /** What was asked for is done. */
  "OK": Record<string, never>;
  /** What was asked for could not be done. */
  "ERROR": { text: string; traceback: string | null };
  /** Asks for the document. */
  "PULL-DOC-REQ": Record<string, never>;
  /** The document. */
  "PULL-DOC-REPLY": { doc: DocJson };
  /** Replaces the document. */
  "PUSH-DOC": { doc: DocJson };
  /** Changes of the document. */
  "PATCH-DOC": { events: PatchEvent[] };
  /** Asks for versions. */
  "SERVER-INFO-REQ": Record<string, never>;
  /** Versions of Bokeh and of the server. */
  "SERVER-INFO-REPLY": { version_info: { bokeh: string; server: string } };
}

/** Name of a type of message. */
export type MessageType = keyof MessageContent;

/** First frame of a message. */
export interface Header<T extends MessageType = MessageType> {
  /** Given by the sender, mostly as a text; a reply names it, whatever value of JSON it is, as its `reqid`. */
  msgid: unknown;
  msgtype: T;
  /** On replies: the `msgid` of the request. */
  reqid?: string;
  num_buffers?: number;
  /** On `ACK`: names the session object that the connection belongs to, so that a client that returns knows whether it is the same. */
  session?: string;
}

/** A whole message of one type. */
export interface MessageOf<T extends MessageType> {
  /** The header's `msgtype`, by which the union of messages is told apart. */
  type: T;
  header: Header<T>;
  metadata: object;
  content: MessageContent[T];
  buffers: ReadonlyMap<string, Uint8Array>;
}

/** A whole message, told apart by `type`. */
export type Message = { [T in MessageType]: MessageOf<T> }[MessageType];
