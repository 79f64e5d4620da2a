/** A model named by its id. */
export interface ModelRef {
  /** The id. */
  id: string;
}

/** A message of the application's own or a UI event (`msg_type` is `bokeh_event`). */
export interface MessageSent {
  /** What happened. */
  kind: "MessageSent";
  /** What kind of message it is. */
  msg_type: string;
  /** What it says. */
  msg_data?: unknown;
}

/** A property of a model has a new value. */
export interface ModelChanged {
  /** What happened. */
  kind: "ModelChanged";
  /** The model. */
  model: ModelRef;
  /** Its attribute. */
  attr: string;
  /** The value now. */
  new: unknown;
}

/** Columns of a data source were replaced: those named by `cols`, or all of them. */
export interface ColumnDataChanged {
  /** What happened. */
  kind: "ColumnDataChanged";
  /** The model. */
  model: ModelRef;
  /** Its attribute. */
  attr: string;
  /** The columns, each as an array. */
  data: unknown;
  /** Their names; null for all. */
  cols?: string[] | null;
}

/** Rows were appended to a data source. */
export interface ColumnsStreamed {
  /** What happened. */
  kind: "ColumnsStreamed";
  /** The model. */
  model: ModelRef;
  /** Its attribute. */
  attr: string;
  /** The columns, each as an array. */
  data: unknown;
  /** How many rows are kept, null for all. */
  rollover?: number | null;
}

/** Single places of a data source's columns were overwritten. */
export interface ColumnsPatched {
  /** What happened. */
  kind: "ColumnsPatched";
  /** The model. */
  model: ModelRef;
  /** Its attribute. */
  attr: string;
  /** The places and their new values, by column. */
  patches: unknown;
}

/** The document has a new title. */
export interface TitleChanged {
  /** What happened. */
  kind: "TitleChanged";
  /** The title. */
  title: string;
}

/** A root was added; the model is written in full where the receiver does not know it. */
export interface RootAdded {
  /** What happened. */
  kind: "RootAdded";
  /** The model. */
  model: unknown;
}

/** A root was removed. */
export interface RootRemoved {
  /** What happened. */
  kind: "RootRemoved";
  /** The model. */
  model: ModelRef;
}

/**
 * One event of a PATCH-DOC, as it stands on the wire. The first event of a server's patch may have `defs`: definitions of the classes
 * of models that the client lacks.
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
