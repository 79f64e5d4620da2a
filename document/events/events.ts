/**
 * What a document tells about itself: one event for each change, as a union by `kind`.
 *
 * @module
 */

import type { ColumnData, Patches } from "../../models/columns/columns.ts";
import type { Model } from "../../models/base/model.ts";
import type { DocumentEventBase } from "./event_base.ts";
import type {
  MessageSentEvent,
  RootAddedEvent,
  RootRemovedEvent,
  SessionCallbackAdded,
  SessionCallbackRemoved,
  TitleChangedEvent,
} from "./structure_events.ts";

/** An attribute of a model has a new value. */
export interface ModelChangedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "ModelChanged";
  /** The model. */
  readonly model: Model;
  /** Its attribute. */
  readonly attr: string;
  /** The value before. */
  readonly old: unknown;
  /** The value now. */
  readonly new: unknown;
}

/** All or some columns of a data source were replaced. */
export interface ColumnDataChangedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "ColumnDataChanged";
  /** The model. */
  readonly model: Model;
  /** Its attribute. */
  readonly attr: string;
  /** The columns that were replaced, null for all of them. */
  readonly cols: readonly string[] | null;
  /** The data of these columns. */
  readonly data: unknown;
}

/** Rows were added at the end of a data source. */
export interface ColumnsStreamedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "ColumnsStreamed";
  /** The model. */
  readonly model: Model;
  /** Its attribute. */
  readonly attr: string;
  /** The new rows, by column. */
  readonly data: ColumnData;
  /** How many rows are kept, null for all. */
  readonly rollover: number | null;
  /** Whether clients are sent all columns, since BokehJS would make others of this change. The client that caused it is sent them too. */
  readonly isWhole: boolean;
}

/** Single values of a data source were replaced. */
export interface ColumnsPatchedEvent extends DocumentEventBase {
  /** What happened. */
  readonly kind: "ColumnsPatched";
  /** The model. */
  readonly model: Model;
  /** Its attribute. */
  readonly attr: string;
  /** The places and their new values, by column. */
  readonly patches: Patches;
  /** Whether clients are sent all columns, since BokehJS would make others of this change. The client that caused it is sent them too. */
  readonly isWhole: boolean;
}

/** The events that clients hear of. */
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

/** An event that has not happened yet: it gets its `seq` when it is emitted. */
export type Unsequenced<E extends DocumentEvent = DocumentEvent> = E extends DocumentEvent ? Omit<E, "seq"> : never;

/** A listener of `Document.on_change`. */
export type DocumentChangeCallback = (event: DocumentEvent) => unknown;
