/**
 * Types of the messages of Bokeh's protocol. `PROTOCOL.md` describes the messages and their order.
 *
 * @module
 */

import type { PatchEvent } from "./patch.ts";

/** Payload of one websocket message. A message of the protocol consists of several frames. */
export type Frame = string | Uint8Array;

/** Binary data that accompanies a message. The content refers to it by id. */
export interface WireBuffer {
  /** Id of the buffer, unique within the message. */
  id: string;
  /** The bytes. */
  data: Uint8Array;
}

/** A serialized document, as in messages and JSON files. */
export interface DocJson {
  /** Version of Bokeh that wrote the document. */
  version?: string;
  /** Title of the page. */
  title: string;
  /** The `DocumentConfig` model. */
  config?: unknown;
  /** Definitions of model classes that are not Bokeh's own (`DataModel`s). */
  defs?: unknown[];
  /** JavaScript callbacks of document events, by name of the event. */
  callbacks?: unknown;
  /** The root models. */
  roots: unknown[];
}

/** Content of each message type. `PROTOCOL.md` describes the messages. */
export interface MessageContent {
  /** Server to client: the session exists and the connection is subscribed to it. */
  "ACK": Record<string, never>;
  /** Server to client: the request has been carried out. */
  "OK": Record<string, never>;
  /** Server to client: the request has failed. */
  "ERROR": { text: string; traceback: string | null };
  /** Client to server: requests the document. */
  "PULL-DOC-REQ": Record<string, never>;
  /** Server to client: the document. */
  "PULL-DOC-REPLY": { doc: DocJson };
  /** Client to server: replaces the document. */
  "PUSH-DOC": { doc: DocJson };
  /** Both directions: changes of the document. */
  "PATCH-DOC": { events: PatchEvent[] };
  /** Client to server: requests the versions. */
  "SERVER-INFO-REQ": Record<string, never>;
  /** Server to client: versions of Bokeh and of the server. */
  "SERVER-INFO-REPLY": { version_info: { bokeh: string; server: string } };
}

/** A message type, as in the header. */
export type MessageType = keyof MessageContent;

/** The header: first frame of a message. */
export interface Header<T extends MessageType = MessageType> {
  /**
   * Id of the message, chosen by the sender. A string in practice, but any JSON value is returned
   * as `reqid`.
   */
  msgid: unknown;
  msgtype: T;
  /** On replies: `msgid` of the request. */
  reqid?: string;
  num_buffers?: number;
  /**
   * On `ACK`: identifies the session object, so that a client that reconnects notices when it gets
   * a new one.
   */
  session?: string;
}

/** A complete message of one type. */
export interface MessageOf<T extends MessageType> {
  /** The header's `msgtype`. It discriminates the union {@linkcode Message}. */
  type: T;
  header: Header<T>;
  metadata: object;
  content: MessageContent[T];
  buffers: ReadonlyMap<string, Uint8Array>;
}

/** A complete message, discriminated by `type`. */
export type Message = { [T in MessageType]: MessageOf<T> }[MessageType];
