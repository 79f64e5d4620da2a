/**
 * What the columns of data sources will be while a patch is planned: nothing is changed yet, but later events of the
 * patch must be checked against what earlier ones will leave.
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

/** The columns of data sources as a patch will have left them so far. */
export class ColumnPlan {
  /** Makes the columns when they are asked for: mostly no later event needs them. */
  readonly #planned = new Map<Model, () => ColumnData>();
  /** The arrays that are nobody else's. All others may be those of a data source, which the patch may never come to change. */
  readonly #own = new Set<Column>();

  /** The columns of a source as the events so far will have left them. */
  columns(source: Model): ColumnData {
    const planned = this.#planned.get(source);
    if (planned === undefined) return currentColumns(source);
    const columns = planned();
    this.#planned.set(source, () => columns);
    return columns;
  }

  /** Plans that all columns are replaced. Each row of a list will be searched for models then. */
  replace(source: Model, columns: ColumnData): void {
    for (const column of Object.values(columns)) if (Array.isArray(column)) charge("steps", column.length);
    this.#planned.set(source, () => columns);
  }

  /** Plans that rows are added. Throws a RangeError or TypeError where they do not fit. */
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
   * Plans that places are overwritten.
   *
   * @returns The patches with their values as the columns hold them.
   * @throws {RangeError | TypeError} When they do not fit.
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
    // behind the end of an array of numbers there may be somebody else's room, but nobody else's rows
    const before = Array.isArray(column) ? this.#owned(column) : column;
    const after = appendRows(before, rows, rollover);
    if (this.#own.has(before)) this.#own.add(after);
    return after;
  }

  /** The array, if it is the plan's own, or a copy that is from now on. */
  #owned<T extends Column>(array: T): T {
    if (this.#own.has(array)) return array;
    const copy = copyArray(array);
    this.#own.add(copy);
    return copy;
  }
}

/** The columns that a source has now. */
export function currentColumns(source: Model): ColumnData {
  return (source.rawValue("data") ?? nullPrototypeObject<Column>()) as ColumnData;
}
