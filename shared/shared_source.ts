import { getLogger } from "@logtape/logtape";
import { Document } from "../document/document.ts";
import { syncOf } from "../document/document_sync.ts";
import type { DocumentEvent } from "../document/events/events.ts";
import type { ModelBase } from "../models/base/model_base.ts";
import type { ChangeHint } from "../models/base/host.ts";
import { containsModels } from "../models/base/references.ts";
import { checkStream } from "../models/columns/column_checks.ts";
import { disown } from "../models/columns/column_growth.ts";
import { checkPatches } from "../models/columns/column_patches.ts";
import type { ColumnData, ColumnView, Patches } from "../models/columns/columns.ts";
import { numericPatches } from "../models/columns/patch_values.ts";
import { onSharedColumnsRestored, shareColumns } from "../models/columns/shared_columns.ts";
import type { ColumnInputs, ColumnPatches, ColumnViews } from "../models/columns/typed_columns.ts";
import { ColumnDataSource } from "../models/mod.ts";
import { prepareColumn } from "../models/values/prepare_value.ts";
import { Deserializer } from "../models/wire/deserializer.ts";
import { Serializer } from "../models/wire/serializer.ts";
import { DocumentListeners } from "./document_listeners.ts";
import { publishChange } from "./shared_channel.ts";
import { findSharedData, registerSharedData, type SharedData, type SharedStatistics } from "./shared_data.ts";

const logger = getLogger(["bokeh", "server"]);

/** A change of the columns. All documents that show them make the same change. */
interface ColumnChange {
  readonly hint: ChangeHint;
  /** The columns after the change. They never change. */
  readonly columns: ColumnData;
}

/** A change as processes send it to each other. */
type EncodedChange =
  | readonly ["stream", rows: unknown, rollover: number | null]
  | readonly ["patch", patches: unknown]
  | readonly ["replace", columns: unknown];

/**
 * Returns columns that all sessions of the server share. A change is made once, encoded once, and
 * sent to each session whose document shows the columns, in all processes of `--num-procs`
 * and in all servers that share a session store.
 *
 * Call it once for each name, when the module of the application is loaded. Another call with the
 * same name and the same columns returns the same object.
 *
 * @param name Name of the source: the same in all processes.
 * @param data The first columns.
 * @throws {TypeError} If the name is empty, or a column holds models.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { Document } from "@bokeh/server";
 * import { ColumnDataSource } from "@bokeh/server/models";
 * import { figure } from "@bokeh/server/plotting";
 * import { sharedSource } from "@bokeh/server/shared";
 * import { openSession } from "@bokeh/server/testing";
 *
 * const prices = sharedSource("prices", { time: [0], price: [100] });
 *
 * function app(doc: Document): void {
 *   const plot = figure();
 *   plot.line({ x: "time", y: "price", source: prices.source(doc) });
 *   doc.add_root(plot);
 * }
 *
 * await using one = await openSession(app);
 * await using two = await openSession(app);
 * prices.stream({ time: [1], price: [101] }, 1000);
 * for (const session of [one, two]) {
 *   await session.settled();
 *   assertEquals([...session.doc.select_one(ColumnDataSource).data.price], [100, 101]);
 * }
 * ```
 */
export function sharedSource<D extends ColumnView>(name: string, data: D): SharedSource<D> {
  const existing = findSharedData("source", name);
  const source = new SharedSource<D>(name, data);
  if (existing instanceof SharedSource && existing.hasColumnsOf(source)) return existing;
  if (existing !== undefined) {
    logger.warn("Replaced the shared data {name}: it had other columns. Documents that show it are not updated", {
      name,
    });
  }
  registerSharedData(source);
  onSharedColumnsRestored(name, (restored) => source.restoreIn(restored));
  return source;
}

/** Columns that all sessions of a server share: see {@linkcode sharedSource}. */
export class SharedSource<D extends ColumnView = ColumnView> implements SharedData {
  /** The name. */
  readonly name: string;
  /** Checks, converts and stores the columns. */
  readonly #store: ColumnDataSource<ColumnView>;
  /** Emits an event for each change of the columns. */
  readonly #document = new Document();
  readonly #listeners: DocumentListeners<ColumnChange>;
  readonly #sources = new WeakMap<Document, ColumnDataSource<D>>();
  #changes = 0;

  /** Use {@linkcode sharedSource}. @internal */
  constructor(name: string, data: D) {
    this.name = name;
    requireNoModels(name, data);
    this.#store = new ColumnDataSource<ColumnView>({ data });
    this.#document.add_root(this.#store);
    syncOf(this.#document).onEvent((event) => this.#onEvent(event));
    this.#listeners = new DocumentListeners<ColumnChange>({
      whole: () => ({ hint: { kind: "ColumnDataChanged", cols: null }, columns: this.#columns }),
    });
    keepUnchanged(this.#columns);
  }

  /** The columns. They must not be changed. */
  get data(): ColumnViews<D> {
    return this.#columns as unknown as ColumnViews<D>;
  }

  /** Number of rows. */
  get length(): number {
    return this.#store.length;
  }

  /** The names of the columns. @internal */
  get shape(): string {
    return JSON.stringify([...this.#store.column_names].sort());
  }

  /** Figures for the metrics. @internal */
  get statistics(): SharedStatistics {
    return { name: this.name, changes: this.#changes, documents: this.#listeners.documentCount };
  }

  /** The columns as JSON. @internal */
  get state(): unknown {
    return encode(this.#columns);
  }

  /**
   * Returns the data source that shows the columns in a document: the same one for each call. Its
   * selection and its other attributes belong to the document. Its `data` cannot be changed by the
   * document's callbacks or its clients.
   *
   * A resumed session shows the columns if `sharedSource` is called when the module is loaded.
   */
  source(document: Document): ColumnDataSource<D> {
    const known = this.#sources.get(document);
    if (known !== undefined) return known;
    const source = new ColumnDataSource<D>();
    source.assignId(`shared-${this.name}`);
    this.#showIn(document, source);
    return source;
  }

  /**
   * Appends rows in all documents. If the server has several processes, the rows appear in all of
   * them shortly afterwards, in the same order as the changes of other processes.
   *
   * @param rows The new rows: arrays of equal length, one for each column.
   * @param rollover Maximum number of rows to keep, oldest dropped first; null for no maximum.
   * @throws {RangeError} If the names of the columns differ from those of the source, or the arrays
   * differ in length.
   */
  stream(rows: ColumnInputs<D>, rollover: number | null = null): void {
    requireNoModels(this.name, rows);
    const columns = Object.entries(rows).map(([name, column]) => [name, prepareColumn(this.#store, name, column)]);
    checkStream(this.#columns, Object.fromEntries(columns), rollover);
    this.#publish(() => ["stream", encode(rows), rollover], () => this.#store.stream(rows, rollover));
  }

  /**
   * Replaces elements of columns in all documents: see `ColumnDataSource.patch`.
   *
   * @throws {RangeError} If a column or index does not exist, or the number of values is wrong.
   */
  patch(patches: ColumnPatches<D>): void {
    requireNoModels(this.name, patches);
    const copy: Patches = structuredClone(patches as Patches);
    checkPatches(this.#columns, numericPatches(this.#columns, copy));
    this.#publish(() => ["patch", encode(copy)], () => this.#patch(copy));
  }

  /** Replaces all columns in all documents. */
  replace(data: ColumnInputs<D>): void {
    requireNoModels(this.name, data);
    this.#publish(() => ["replace", encode(data)], () => void (this.#store.data = data));
  }

  /** Returns whether another source has the same columns. @internal */
  hasColumnsOf(other: SharedSource): boolean {
    return this.shape === other.shape;
  }

  /** Applies a change of another process. @internal */
  receive(change: unknown): void {
    const [kind, json, rollover = null] = change as EncodedChange; // sent by the same class
    const value = new Deserializer().decode(json) as ColumnInputs<ColumnView>;
    if (kind === "stream") this.#store.stream(value, rollover);
    else if (kind === "patch") this.#patch(value as Patches);
    else this.#store.data = value;
  }

  /** Replaces the columns by those of another process. @internal */
  restore(state: unknown): void {
    this.receive(["replace", state] satisfies EncodedChange);
  }

  /** Shows the columns in a data source that a session store has kept. @internal */
  restoreIn(source: ModelBase): void {
    if (source instanceof ColumnDataSource && source.document instanceof Document) {
      this.#showIn(source.document, source as ColumnDataSource<D>);
    }
  }

  #showIn(document: Document, source: ColumnDataSource<D>): void {
    source.changeValue("data", this.#columns, source.rawValue("data"));
    shareColumns(source, this.name);
    document.transient(source as ColumnDataSource, "data"); // it is not the session's
    this.#sources.set(document, source);
    this.#listeners.add(document, (change) => {
      const { columns, hint } = change;
      source.changeValue("data", columns, source.rawValue("data"), { hint, shared: change });
    });
  }

  get #columns(): ColumnData {
    return this.#store.rawValue("data") as ColumnData;
  }

  #publish(encodeChange: () => EncodedChange, apply: () => void): void {
    publishChange(this, encodeChange, apply);
  }

  #patch(patches: Patches): void {
    for (const name of Object.keys(patches)) disown(this.#columns[name]!); // documents hold them
    this.#store.patch(patches);
  }

  #onEvent(event: DocumentEvent): void {
    const hint = hintOf(event);
    if (hint === undefined) return;
    this.#changes++;
    keepUnchanged(this.#columns);
    this.#listeners.notify({ hint, columns: this.#columns });
  }
}

/** Returns how an event changed the columns. */
function hintOf(event: DocumentEvent): ChangeHint | undefined {
  switch (event.kind) {
    case "ColumnsStreamed": {
      const { kind, data, rollover, isWhole } = event;
      return { kind, data, rollover, isWhole };
    }
    case "ColumnsPatched": {
      const { kind, patches, isWhole } = event;
      return { kind, patches, isWhole };
    }
    case "ColumnDataChanged":
      return { kind: event.kind, cols: event.cols };
  }
}

/** Makes the next change copy lists, because documents hold these. Typed arrays only grow behind their end. */
function keepUnchanged(columns: ColumnData): void {
  for (const column of Object.values(columns)) if (Array.isArray(column)) disown(column);
}

/** @throws {TypeError} If a value contains models: a model belongs to one document. */
function requireNoModels(name: string, value: unknown): void {
  if (containsModels(value)) {
    throw new TypeError(`Cannot share ${JSON.stringify(name)}: its columns hold models, which belong to one document`);
  }
}

function encode(value: unknown): unknown {
  return new Serializer({ deferred: false, compressionLevel: 1 }).encode(value);
}
