/**
 * The events of a document: one for each change, as a union by `kind`.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { SessionCallback } from "../callbacks/session_callbacks.ts";
import type {
  ColumnDataChangedEvent,
  ColumnsPatchedEvent,
  ColumnsStreamedEvent,
  DocumentEventBase,
  MessageRoute,
  ModelChangedEvent,
} from "./model_events.ts";

/** The title of the document changed. */
export interface TitleChangedEvent extends DocumentEventBase {
  /** The type of the event. */
  readonly kind: "TitleChanged";
  /** The new title. */
  readonly title: string;
}

/** A root was added to the document. */
export interface RootAddedEvent extends DocumentEventBase {
  /** The type of the event. */
  readonly kind: "RootAdded";
  /** The root. */
  readonly model: Model;
}

/** A root was removed from the document. */
export interface RootRemovedEvent extends DocumentEventBase {
  /** The type of the event. */
  readonly kind: "RootRemoved";
  /** The root. */
  readonly model: Model;
}

/** A message is to be sent to the other side: a custom message, or an event of a model. */
export interface MessageSentEvent extends DocumentEventBase, MessageRoute {
  /** The type of the event. */
  readonly kind: "MessageSent";
  /** The type of the message; `bokeh_event` for events of models. */
  readonly msg_type: string;
  /** The content of the message. */
  readonly msg_data: unknown;
}

/** The document asks its session to run a callback. */
export interface SessionCallbackAdded extends DocumentEventBase {
  /** The type of the event. */
  readonly kind: "SessionCallbackAdded";
  /** The callback. */
  readonly callback: SessionCallback;
}

/** A session callback was removed, or is about to run for the only time. */
export interface SessionCallbackRemoved extends DocumentEventBase {
  /** The type of the event. */
  readonly kind: "SessionCallbackRemoved";
  /** The callback. */
  readonly callback: SessionCallback;
}

/** The events that are sent to the other side. */
export type DocumentPatchedEvent =
  | ModelChangedEvent
  | ColumnDataChangedEvent
  | ColumnsStreamedEvent
  | ColumnsPatchedEvent
  | TitleChangedEvent
  | RootAddedEvent
  | RootRemovedEvent
  | MessageSentEvent;

/** Any event of a document. */
export type DocumentEvent = DocumentPatchedEvent | SessionCallbackAdded | SessionCallbackRemoved;

/** An event that was not emitted yet, and therefore has no `seq`. */
export type Unsequenced<E extends DocumentEvent = DocumentEvent> = E extends DocumentEvent ? Omit<E, "seq"> : never;

/** A callback of `Document.on_change`. */
export type DocumentChangeCallback = (event: DocumentEvent) => unknown;
