/**
 * Methods of data sources: stream, patch, add and remove columns.
 *
 * @module
 */

import { copyToNullPrototype, nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { patchesAsBokehjs, streamsAsBokehjs } from "../columns/bokehjs_columns.ts";
import { applyPatches, checkPatches, replacedValues } from "../columns/column_patches.ts";
import { checkStream } from "../columns/column_checks.ts";
import { appendRows, disown, rolledOverObjects } from "../columns/column_growth.ts";
import {
  type Column,
  type ColumnData,
  type ColumnView,
  isTypedArray,
  type Patches,
  rowCount,
} from "../columns/columns.ts";
import type { SetOptions } from "../base/host.ts";
import type { Model } from "../base/model.ts";
import { numericPatches } from "../columns/patch_values.ts";
import { prepareColumn } from "../values/prepare_value.ts";
import { type ColumnRow, columnsOfRows } from "../columns/row_columns.ts";
import type { ColumnInputs, ColumnPatches } from "../columns/typed_columns.ts";
import { watchLengths } from "../columns/ragged_columns.ts";
import { containsModels } from "../base/references.ts";
import { requireSerializable } from "../wire/serializable.ts";

/** Columns to stream: lists or typed arrays, by name. */
export type ColumnInput = Record<string, ArrayLike<unknown>>;

/** Additional members of data sources. */
export interface ColumnDataSourceMethods<D extends ColumnView = ColumnView> {
  /** Names of the columns. */
  readonly column_names: (keyof D & string)[];
  /** Number of rows of the first column; 0 without columns. */
  readonly length: number;
  /**
   * Appends rows to all columns. Only the new rows are sent to clients.
   *
   * @param data The new rows: arrays of equal length, one for each column.
   * @param rollover Maximum number of rows to keep, oldest dropped first; null for no maximum.
   * @throws {RangeError} If the names of the columns differ from those of the source, or the arrays
   * differ in length.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { ColumnDataSource } from "@bokeh/server/models";
   *
   * const source = new ColumnDataSource({ data: { x: [1, 2], y: [3, 4] } });
   * source.stream({ x: [3], y: [5] }, 2);
   * assertEquals([...source.data.x], [2, 3]);
   * ```
   */
  stream(data: ColumnInputs<D>, rollover?: number | null, options?: SetOptions): void;
  /**
   * Appends rows that are objects, as `stream` does. Missing values become null.
   *
   * @param rows Objects with values by column name, for example of a database.
   * @param rollover Maximum number of rows to keep, oldest dropped first; null for no maximum.
   * @throws {TypeError} If a row is not an object.
   * @throws {RangeError} If a row has a value for a column that the source does not have, or a
   * number cannot represent a BigInt exactly.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { ColumnDataSource } from "@bokeh/server/models";
   *
   * const source = new ColumnDataSource({ data: { time: [1, 2], price: [3, 4] } });
   * source.stream_rows([{ time: 3, price: 5 }], 2);
   * assertEquals([...source.data.price], [4, 5]);
   * ```
   */
  stream_rows(rows: readonly ColumnRow<D>[], rollover?: number | null): void;
  /**
   * Replaces elements of columns. Only the new values are sent to clients.
   *
   * @param patches Lists of `[index, value]` pairs by column. An index is a row; or a slice
   * `{ start, stop, step }`, whose value is an array of the same length; or a row followed by an
   * index or slice for each dimension of the array in it. In columns of floats, null becomes NaN. A
   * typed array that cannot represent a value exactly is replaced by a wider one, as with `stream`,
   * and the whole column is sent.
   * @throws {RangeError} If a column or index does not exist, or the number of values is wrong.
   * @throws {TypeError} If a column of numbers cannot hold a value.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { ColumnDataSource } from "@bokeh/server/models";
   *
   * const source = new ColumnDataSource({ data: { x: [1, 2, 3, 4] } });
   * source.patch({ x: [[0, 10], [{ start: 2, stop: 4 }, [30, 40]]] });
   * assertEquals([...source.data.x], [10, 2, 30, 40]);
   * ```
   */
  patch(patches: ColumnPatches<D>, options?: SetOptions): void;
  /**
   * Adds a column.
   *
   * @param column The column. If its length differs from those of the other columns, a warning is
   * logged.
   * @param name Name of the column. By default `Series n`.
   * @returns The name.
   */
  add(column: Column, name?: string): string;
  /** Removes a column. Does nothing if it does not exist. */
  remove(name: keyof D & string): void;
  /**
   * Replaces or adds a column, or removes it if `column` is undefined. Other columns are not sent
   * again.
   */
  replaceColumn(name: string, column: Column | undefined, options?: SetOptions): void;
}

function columnsOf(model: Model): ColumnData {
  return (model.rawValue("data") ?? nullPrototypeObject<Column>()) as ColumnData;
}

/** Invalidates the document's set of models if rows that will be removed refer to models. */
function dropModels(source: Model, rows: Iterable<unknown>): void {
  const host = source.membership?.host;
  if (host === undefined) return;
  for (const row of rows) {
    if (containsModels(row)) return host.invalidate();
  }
}

/** Implementation for the prototype of `ColumnDataSource`. */
export const columnDataSourceMethods: ColumnDataSourceMethods & ThisType<Model & ColumnDataSourceMethods> = {
  get column_names(): string[] {
    return Object.keys(columnsOf(this as unknown as Model));
  },

  get length(): number {
    const [first] = Object.values(columnsOf(this as unknown as Model));
    return first === undefined ? 0 : rowCount(first);
  },

  stream(input: ColumnInput, rollover: number | null = null, options?: SetOptions): void {
    const data = nullPrototypeObject<Column>(Object.keys(input));
    for (const name of Object.keys(input)) data[name] = prepareColumn(this, name, input[name]);
    const old = columnsOf(this);
    checkStream(old, data, rollover);
    this.attachModelsOf(data);
    const [first = []] = Object.values(data);
    dropModels(this, rolledOverObjects(old, first.length, rollover));
    const columns = nullPrototypeObject<Column>(Object.keys(data));
    for (const name of Object.keys(data)) columns[name] = appendRows(old[name] ?? [], data[name]!, rollover);
    const isWhole = !streamsAsBokehjs(old, data, rollover, columns);
    this.changeValue("data", columns, old, { ...options, hint: { kind: "ColumnsStreamed", data, rollover, isWhole } });
  },

  stream_rows(rows: readonly object[], rollover: number | null = null): void {
    this.stream(columnsOfRows(rows, Object.keys(columnsOf(this))), rollover);
  },

  patch(given: Patches, options?: SetOptions): void {
    const old = columnsOf(this);
    const patches = numericPatches(old, given);
    checkPatches(old, patches);
    for (const [name, list] of Object.entries(patches)) {
      if (!isTypedArray(old[name])) requireSerializable(() => `patch column ${name} of ${this.type}`, list);
    }
    this.attachModelsOf(patches);
    dropModels(this, replacedValues(old, patches));
    const columns = copyToNullPrototype(old);
    const widened = applyPatches(columns, patches);
    // BokehJS has stored 0 for null in an array of floats, which has NaN here: the client that sent
    // the patch needs the column.
    const isConverted = options?.changeSource !== undefined && patches !== given;
    const isWhole = isConverted || !patchesAsBokehjs(old, patches);
    const change: SetOptions = widened.size === 0
      ? { ...options, hint: { kind: "ColumnsPatched", patches, isWhole } }
      // Clients cannot widen columns by themselves: all of them, including the one that sent the
      // patch, get the whole columns.
      : { hint: { kind: "ColumnDataChanged", cols: Object.keys(patches) } };
    this.changeValue("data", columns, old, change);
  },

  add(column: Column, name?: string): string {
    const columns = columnsOf(this);
    let chosen = name;
    for (let n = Object.keys(columns).length; chosen === undefined; n++) {
      if (!Object.hasOwn(columns, `Series ${n}`)) chosen = `Series ${n}`;
    }
    this.replaceColumn(chosen, column);
    return chosen;
  },

  remove(name: string): void {
    if (Object.hasOwn(columnsOf(this), name)) this.replaceColumn(name, undefined);
  },

  replaceColumn(name: string, column: Column | undefined, options?: SetOptions): void {
    const old = columnsOf(this);
    const columns = copyToNullPrototype(old);
    if (column === undefined) {
      delete columns[name];
      // Bokeh has no event for the removal of a column: all remaining columns are sent.
      this.changeValue("data", columns, old, { ...options, hint: { kind: "ColumnDataChanged", cols: null } });
      return;
    }
    columns[name] = prepareColumn(this, name, column);
    if (column !== old[name]) disown(columns[name]);
    watchLengths(this, columns);
    this.changeValue("data", columns, old, { ...options, hint: { kind: "ColumnDataChanged", cols: [name] } });
  },
};
