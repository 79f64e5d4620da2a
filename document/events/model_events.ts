/**
 * Events of a change of a model, and what all events have.
 *
 * @module
 */

import type { ChangeSource } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { ColumnData, Patches } from "../../models/columns/columns.ts";

/** Fields of all events of a document. */
export interface DocumentEventBase {
  /** Number of the event among those of its document. It increases with each event. */
  readonly seq: number;
  /** The client that caused the change; absent if this program caused it. */
  readonly changeSource?: ChangeSource;
}

/** The clients that receive a message. */
export interface MessageRoute {
  /** The only client that receives it. All clients do by default. */
  readonly recipient?: ChangeSource;
  /** The client that does not receive it, because it has caused it. */
  readonly changeSource?: ChangeSource;
}

/** Fields of all events of a change of a model. */
export interface AttributeEventBase extends DocumentEventBase {
  /** The model that changed. */
  readonly model: Model;
  /** Its attribute that changed. */
  readonly attr: string;
  /** See `ModelChange.shared`. */
  readonly shared?: object;
}

/** An attribute of a model has a new value. */
export interface ModelChangedEvent extends AttributeEventBase {
  /** The type of the event. */
  readonly kind: "ModelChanged";
  /** The value before the change. */
  readonly old: unknown;
  /** The value after the change. */
  readonly new: unknown;
}

/** All or some columns of a data source were replaced. */
export interface ColumnDataChangedEvent extends AttributeEventBase {
  /** The type of the event. */
  readonly kind: "ColumnDataChanged";
  /** Names of the columns that were replaced, null for all columns. */
  readonly cols: readonly string[] | null;
  /** The data of these columns. */
  readonly data: unknown;
}

/** Rows were appended to a data source. */
export interface ColumnsStreamedEvent extends AttributeEventBase {
  /** The type of the event. */
  readonly kind: "ColumnsStreamed";
  /** The new rows, by column. */
  readonly data: ColumnData;
  /** Maximum number of rows that are kept, null for all. */
  readonly rollover: number | null;
  /**
   * Whether all clients, including the one that caused the event, are sent all columns instead of
   * the new rows, because BokehJS would compute other columns from the rows.
   */
  readonly isWhole: boolean;
}

/** Single values of a data source were replaced. */
export interface ColumnsPatchedEvent extends AttributeEventBase {
  /** The type of the event. */
  readonly kind: "ColumnsPatched";
  /** The indices and their new values, by column. */
  readonly patches: Patches;
  /**
   * Whether all clients, including the one that caused the event, are sent all columns instead of
   * the patches, because BokehJS would compute other columns from the patches.
   */
  readonly isWhole: boolean;
}
