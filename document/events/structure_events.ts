/**
 * Events of a document as a whole: its title, roots, messages and session callbacks.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import type { DocumentEventBase } from "./event_base.ts";
import type { SessionCallback } from "../callbacks/session_callbacks.ts";

/** The document has a new title. */
export interface TitleChangedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "TitleChanged";
  /** The title. */
  readonly title: string;
}

/** The document has one more root. */
export interface RootAddedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "RootAdded";
  /** The root. */
  readonly model: Model;
}

/** The document has one root less. */
export interface RootRemovedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "RootRemoved";
  /** The root. */
  readonly model: Model;
}

/** A message for the other side: a custom one, or an event of a model. */
export interface MessageSentEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "MessageSent";
  /** What kind of message it is. */
  readonly msg_type: string;
  /** What it says. */
  readonly msg_data: unknown;
}

/** The document wants a callback to be run by its session. */
export interface SessionCallbackAdded extends DocumentEventBase {
  /** What happened. */
  readonly kind: "SessionCallbackAdded";
  /** The callback. */
  readonly callback: SessionCallback;
}

/** The document no longer wants a callback to be run. */
export interface SessionCallbackRemoved extends DocumentEventBase {
  /** What happened. */
  readonly kind: "SessionCallbackRemoved";
  /** The callback. */
  readonly callback: SessionCallback;
}
