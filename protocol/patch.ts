/** A model named by its id. */
export interface ModelRef {
  id: string;
}

/** A message of the application's own or a UI event (`msg_type` is `bokeh_event`). */
export interface MessageSent {
  kind: "MessageSent";
  msg_type: string;
  msg_data?: unknown;
}

/** A property of a model has a new value. */
export interface ModelChanged {
  kind: "ModelChanged";
  model: ModelRef;
  attr: string;
  new: unknown;
}

/** Columns of a data source were replaced: those named by `cols`, or all of them. */
export interface ColumnDataChanged {
  kind: "ColumnDataChanged";
  model: ModelRef;
  attr: string;
  data: unknown;
  cols?: string[] | null;
}

/** Rows were appended to a data source. */
export interface ColumnsStreamed {
  kind: "ColumnsStreamed";
  model: ModelRef;
  attr: string;
  data: unknown;
  rollover?: number | null;
}

/** Single places of a data source's columns were overwritten. */
export interface ColumnsPatched {
  kind: "ColumnsPatched";
  model: ModelRef;
  attr: string;
  patches: unknown;
}

/** The document has a new title. */
export interface TitleChanged {
  kind: "TitleChanged";
  title: string;
}

/** A root was added; the model is written in full where the receiver does not know it. */
export interface RootAdded {
  kind: "RootAdded";
  model: unknown;
}

/** A root was removed. */
export interface RootRemoved {
  kind: "RootRemoved";
  model: ModelRef;
}

/** One event of a PATCH-DOC, as it stands on the wire. */
export type PatchEvent =
  | MessageSent
  | ModelChanged
  | ColumnDataChanged
  | ColumnsStreamed
  | ColumnsPatched
  | TitleChanged
  | RootAdded
  | RootRemoved;
