/**
 * Events of a document as a whole: its title, roots, messages and session callbacks.
 *
 * @module
 */

import type { Model } from "../models/model.ts";
import type { DocumentEventBase } from "./event_base.ts";
import type { SessionCallback } from "./session_callbacks.ts";

/** The document has a new title. */
export interface TitleChangedEvent extends DocumentEventBase {
  readonly kind: "TitleChanged";
  readonly title: string;
}

/** The document has one more root. */
export interface RootAddedEvent extends DocumentEventBase {
  readonly kind: "RootAdded";
  readonly model: Model;
}

/** The document has one root less. */
export interface RootRemovedEvent extends DocumentEventBase {
  readonly kind: "RootRemoved";
  readonly model: Model;
}

/** A message for the other side: a custom one, or an event of a model. */
export interface MessageSentEvent extends DocumentEventBase {
  readonly kind: "MessageSent";
  readonly msg_type: string;
  readonly msg_data: unknown;
}

/** The document wants a callback to be run by its session. */
export interface SessionCallbackAdded extends DocumentEventBase {
  readonly kind: "SessionCallbackAdded";
  readonly callback: SessionCallback;
}

/** The document no longer wants a callback to be run. */
export interface SessionCallbackRemoved extends DocumentEventBase {
  readonly kind: "SessionCallbackRemoved";
  readonly callback: SessionCallback;
}
