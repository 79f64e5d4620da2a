/**
 * What a data source does with its columns: stream, patch, add, remove.
 *
 * @module
 */

import { copyToNullPrototype } from "../../common/null_prototype_object.ts";
import { patchesAsBokehjs, streamsAsBokehjs } from "../columns/bokehjs_columns.ts";
import { applyPatches, checkPatches, replacedValues } from "../columns/column_patches.ts";
import { checkStream } from "../columns/column_checks.ts";
import { appendRows, disown, rolledOver } from "../columns/column_growth.ts";
import {
  type Column,
  type ColumnData,
  emptyColumns,
  isTypedArray,
  type Patches,
  rowCount,
} from "../columns/columns.ts";
import type { SetOptions } from "../base/host.ts";
import type { Model } from "../base/model.ts";
import { numericPatches } from "../columns/patch_values.ts";
import { prepareColumn } from "../values/prepare_value.ts";
import { watchLengths } from "../columns/ragged_columns.ts";
import { mentionsModels } from "../base/references.ts";
import { requireSerializable } from "../wire/serializable.ts";

/** What a client or an author gives as columns: lists or arrays by name. */
export type ColumnInput = Record<string, ArrayLike<unknown>>;

/** Methods of a data source. */
export interface ColumnDataSourceMethods {
  /** The names of the columns. */
  readonly column_names: string[];
  /** How many rows there are; 0 without columns. */
  readonly length: number;
  /**
   * Adds rows at the end of all columns. Only the new rows are sent.
   *
   * @param data The new rows, for each column as many.
   * @param rollover How many rows are kept at most, the oldest go first; null for all.
   * @throws {RangeError} Where the columns are not those of the source, or differ in length.
   */
  stream(data: ColumnInput, rollover?: number | null, options?: SetOptions): void;
  /**
   * Replaces single values. Only these are sent.
   *
   * @param patches For each column a list of `[index, value]`; an index is a row, a slice `{ start, stop, step }` with as
   * many values, or a row and then places inside the array that it holds. In columns of fractions null is NaN. A column of
   * numbers whose type does not hold a value exactly becomes a wider one, as `stream` makes it, and is sent whole.
   * @throws {RangeError} Where an index is outside its column.
   * @throws {TypeError} If a column of numbers cannot hold a value, whatever its type.
   */
  patch(patches: Patches, options?: SetOptions): void;
  /**
   * Adds a column.
   *
   * @param column The column, as long as those that are there: a difference is logged as a warning.
   * @param name Its name; `Series n` where none is given.
   * @returns The name.
   */
  add(column: Column, name?: string): string;
  /** Removes a column. Does nothing where there is none of this name. */
  remove(name: string): void;
  /** Replaces, adds or (undefined) removes one column. The others are not sent again. */
  replaceColumn(name: string, column: Column | undefined, options?: SetOptions): void;
}

function columnsOf(model: Model): ColumnData {
  return (model.rawValue("data") ?? emptyColumns()) as ColumnData;
}

/** Says of the models that rows refer to that they may be let go with them. */
function dropModels(source: Model, rows: Iterable<unknown>): void {
  const { document } = source;
  if (document === null) return;
  for (const row of rows) {
    if (mentionsModels(row)) return document.invalidate();
  }
}

/** The implementation, for the prototype of data sources. */
export const columnDataSourceMethods: ColumnDataSourceMethods & ThisType<Model & ColumnDataSourceMethods> = {
  get column_names(): string[] {
    return Object.keys(columnsOf(this as unknown as Model));
  },

  get length(): number {
    const [first] = Object.values(columnsOf(this as unknown as Model));
    return first === undefined ? 0 : rowCount(first);
  },

  stream(input: ColumnInput, rollover: number | null = null, options?: SetOptions): void {
    const data = emptyColumns(Object.keys(input));
    for (const name of Object.keys(input)) data[name] = prepareColumn(this, name, input[name]);
    const old = columnsOf(this);
    checkStream(old, data, rollover);
    this.attachModelsOf(data);
    const [first = []] = Object.values(data);
    dropModels(this, rolledOver(old, first.length, rollover));
    const columns = emptyColumns(Object.keys(data));
    for (const name of Object.keys(data)) columns[name] = appendRows(old[name] ?? [], data[name]!, rollover);
    const isWhole = !streamsAsBokehjs(old, data, rollover, columns);
    this.changeValue("data", columns, old, { ...options, hint: { kind: "ColumnsStreamed", data, rollover, isWhole } });
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
    // a page has stored 0 for null in fractions, which are NaN here
    const isConverted = options?.changeSource !== undefined && patches !== given;
    const isWhole = isConverted || !patchesAsBokehjs(old, patches);
    const change: SetOptions = widened.size === 0
      ? { ...options, hint: { kind: "ColumnsPatched", patches, isWhole } }
      // whoever made the patch cannot widen the columns: all clients get them whole
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
      // Bokeh has no change that takes a column away, so all that is left is sent.
      this.changeValue("data", columns, old, { ...options, hint: { kind: "ColumnDataChanged", cols: null } });
      return;
    }
    columns[name] = prepareColumn(this, name, column);
    if (column !== old[name]) disown(columns[name]);
    watchLengths(this, columns);
    this.changeValue("data", columns, old, { ...options, hint: { kind: "ColumnDataChanged", cols: [name] } });
  },
};
