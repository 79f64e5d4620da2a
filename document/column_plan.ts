/**
 * What the columns of data sources will be while a patch is planned: nothing is changed yet, but later events of the
 * patch must be checked against what earlier ones will leave.
 *
 * @module
 */

import { applyPatches, checkPatches } from "../models/column_patches.ts";
import { checkStream } from "../models/column_checks.ts";
import { appendRows } from "../models/column_growth.ts";
import { type Column, type ColumnData, emptyColumns, type Patches } from "../models/columns.ts";
import type { Model } from "../models/model.ts";

/** The columns of data sources as a patch will have left them so far. */
export class ColumnPlan {
  /** Makes the columns when they are asked for: mostly no later event needs them. */
  readonly #planned = new Map<Model, () => ColumnData>();

  /** The columns of a source as the events so far will have left them. */
  columns(source: Model): ColumnData {
    const planned = this.#planned.get(source);
    if (planned === undefined) return currentColumns(source);
    const columns = planned();
    this.#planned.set(source, () => columns);
    return columns;
  }

  /** Plans that all columns are replaced. */
  replace(source: Model, columns: ColumnData): void {
    this.#planned.set(source, () => columns);
  }

  /** Plans that rows are added. Throws a RangeError or TypeError where they do not fit. */
  stream(source: Model, data: ColumnData, rollover: number | null): void {
    const before = this.columns(source);
    checkStream(before, data, rollover);
    this.#planned.set(source, () => {
      const columns = emptyColumns();
      for (const [name, rows] of Object.entries(data)) {
        columns[name] = appendRows(copied(before[name] ?? []), rows, rollover);
      }
      return columns;
    });
  }

  /** Plans that places are overwritten. Throws a RangeError or TypeError where they do not fit. */
  patch(source: Model, patches: Patches): void {
    const before = this.columns(source);
    checkPatches(before, patches);
    this.#planned.set(source, () => {
      const columns = emptyColumns();
      for (const [name, column] of Object.entries(before)) columns[name] = name in patches ? copied(column) : column;
      applyPatches(columns, patches);
      return columns;
    });
  }
}

/** The columns that a source has now. */
export function currentColumns(source: Model): ColumnData {
  return (source.rawValue("data") ?? emptyColumns()) as ColumnData;
}

/** A copy of a list, which a data source might otherwise change in place; arrays of numbers it never changes behind their end. */
function copied(column: Column): Column {
  return Array.isArray(column) ? column.slice() : column;
}
