/**
 * Types of the events of a patch, as they are on the wire.
 *
 * @module
 */

/** A reference to a model. */
export interface ModelRef {
  /** Id of the model. */
  id: string;
}

/** A message of the application, or a UI event. UI events have the `msg_type` `"bokeh_event"`. */
export interface MessageSent {
  /** Discriminator. */
  kind: "MessageSent";
  /** Type of the message, by which `Document.on_message` selects it. */
  msg_type: string;
  /** Payload, any serialized value. */
  msg_data?: unknown;
}

/** A property of a model has a new value. */
export interface ModelChanged {
  /** Discriminator. */
  kind: "ModelChanged";
  /** The model. */
  model: ModelRef;
  /** Name of the property. */
  attr: string;
  /** The new value, serialized. */
  new: unknown;
}

/** Columns of a data source were replaced: those named in `cols`, or all of them. */
export interface ColumnDataChanged {
  /** Discriminator. */
  kind: "ColumnDataChanged";
  /** The data source. */
  model: ModelRef;
  /** Name of the property that holds the columns, `"data"`. */
  attr: string;
  /** The new columns, serialized, by name. */
  data: unknown;
  /** Names of the replaced columns; null or absent for all columns. */
  cols?: string[] | null;
}

/** Rows were appended to a data source. */
export interface ColumnsStreamed {
  /** Discriminator. */
  kind: "ColumnsStreamed";
  /** The data source. */
  model: ModelRef;
  /** Name of the property that holds the columns, `"data"`. */
  attr: string;
  /** The new rows, serialized as columns by name. */
  data: unknown;
  /** Maximum number of rows to keep, oldest dropped first; null or absent for no maximum. */
  rollover?: number | null;
}

/** Elements of the columns of a data source were overwritten. */
export interface ColumnsPatched {
  /** Discriminator. */
  kind: "ColumnsPatched";
  /** The data source. */
  model: ModelRef;
  /** Name of the property that holds the columns, `"data"`. */
  attr: string;
  /** By name of the column: pairs of an index, slice or path, and the new value or values. */
  patches: unknown;
}

/** The title of the document has changed. */
export interface TitleChanged {
  /** Discriminator. */
  kind: "TitleChanged";
  /** The new title. */
  title: string;
}

/** A root was added to the document. */
export interface RootAdded {
  /** Discriminator. */
  kind: "RootAdded";
  /** The model: in full if the receiver does not have it, otherwise a reference. */
  model: unknown;
}

/** A root was removed from the document. */
export interface RootRemoved {
  /** Discriminator. */
  kind: "RootRemoved";
  /** The root. */
  model: ModelRef;
}

/**
 * One event of a `PATCH-DOC` message. The first event of a server's patch may have `defs`:
 * definitions of model classes that the client does not have yet.
 */
export type PatchEvent =
  & { defs?: unknown[] }
  & (
    | MessageSent
    | ModelChanged
    | ColumnDataChanged
    | ColumnsStreamed
    | ColumnsPatched
    | TitleChanged
    | RootAdded
    | RootRemoved
  );
