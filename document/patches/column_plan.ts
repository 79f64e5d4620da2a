/**
 * Predicts the columns of data sources while a patch is planned. Nothing is changed yet, but each
 * event of the patch must be checked against the columns as the earlier events will have changed
 * them.
 *
 * @module
 */

import { applyPatches, checkPatches } from "../../models/columns/column_patches.ts";
import { checkStream } from "../../models/columns/column_checks.ts";
import { appendRows, copyArray } from "../../models/columns/column_growth.ts";
import { chargeColumns, type Column, type ColumnData, type Patches } from "../../models/columns/columns.ts";
import type { Model } from "../../models/base/model.ts";
import { numericPatches } from "../../models/columns/patch_values.ts";
import { copyToNullPrototype, nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { charge } from "../../protocol/work_budget.ts";

/** The columns of data sources as the events planned so far will have changed them. */
export class ColumnPlan {
  /** Functions that compute the columns: in most patches no later event needs them. */
  readonly #planned = new Map<Model, () => ColumnData>();
  /**
   * Arrays that belong to the plan. All others may belong to a data source and must not be
   * modified: the patch may be refused.
   */
  readonly #own = new Set<Column>();

  /** Returns the columns of a source as the events planned so far will have changed them. */
  columns(source: Model): ColumnData {
    const planned = this.#planned.get(source);
    if (planned === undefined) return currentColumns(source);
    const columns = planned();
    this.#planned.set(source, () => columns);
    return columns;
  }

  /**
   * Plans the replacement of all columns. Charges each row of a list, because it will be searched
   * for models.
   */
  replace(source: Model, columns: ColumnData): void {
    for (const column of Object.values(columns)) if (Array.isArray(column)) charge("steps", column.length);
    this.#planned.set(source, () => columns);
  }

  /**
   * Plans the appending of rows.
   *
   * @throws {RangeError | TypeError} If the rows do not match the columns.
   */
  stream(source: Model, data: ColumnData, rollover: number | null): void {
    const before = this.columns(source);
    checkStream(before, data, rollover);
    charge("steps", Object.keys(data).length);
    this.#planned.set(source, () => {
      const columns = nullPrototypeObject<Column>(Object.keys(data));
      for (const [name, rows] of Object.entries(data)) columns[name] = this.#append(before[name] ?? [], rows, rollover);
      return columns;
    });
  }

  /**
   * Plans the replacement of single values.
   *
   * @returns The patches, with their values converted to those that the columns store.
   * @throws {RangeError | TypeError} If the patches do not match the columns.
   */
  patch(source: Model, patches: Patches): Patches {
    const before = this.columns(source);
    const converted = numericPatches(before, patches);
    checkPatches(before, converted);
    chargeColumns(Object.keys(before).length);
    this.#planned.set(source, () => {
      const columns = copyToNullPrototype(before);
      applyPatches(columns, converted, (array) => this.#owned(array));
      return columns;
    });
    return converted;
  }

  #append(column: Column, rows: Column, rollover: number | null): Column {
    // A typed array may be the start of a longer buffer of its source. Appending writes only behind
    // its rows.
    const before = Array.isArray(column) ? this.#owned(column) : column;
    const after = appendRows(before, rows, rollover);
    if (this.#own.has(before)) this.#own.add(after);
    return after;
  }

  /** Returns the array if it belongs to the plan, or else a copy that does. */
  #owned<T extends Column>(array: T): T {
    if (this.#own.has(array)) return array;
    const copy = copyArray(array);
    this.#own.add(copy);
    return copy;
  }
}

/** Returns the current columns of a source. */
export function currentColumns(source: Model): ColumnData {
  return (source.rawValue("data") ?? nullPrototypeObject<Column>()) as ColumnData;
}
