/**
 * Checks that new rows fit the columns that are there.
 *
 * @module
 */

import { type ColumnData, isTypedArray } from "./columns.ts";
import { raggedLengths } from "./ragged_columns.ts";

/**
 * Throws unless `data` can be added to `columns`: it must name the same columns, each with as many new rows.
 *
 * @param columns The columns as they are; with none yet, any new ones will do.
 * @param data The new rows by column.
 * @param rollover How many rows are kept at most, null for all.
 */
export function checkStream(columns: ColumnData, data: ColumnData, rollover: number | null): void {
  if (rollover !== null && (!Number.isInteger(rollover) || rollover < 0)) {
    throw new RangeError(`Cannot stream with rollover ${rollover}: it must be null or a whole number of rows`);
  }
  const have = Object.keys(columns);
  if (have.length > 0) {
    const missing = have.filter((name) => !Object.hasOwn(data, name));
    const extra = Object.keys(data).filter((name) => !Object.hasOwn(columns, name));
    const parts = [];
    if (missing.length > 0) parts.push(`missing: ${missing.sort().join(", ")}`);
    if (extra.length > 0) parts.push(`extra: ${extra.sort().join(", ")}`);
    if (parts.length > 0) throw new RangeError(`Cannot stream to other columns than there are: ${parts.join("; ")}`);
  }
  for (const name of Object.keys(data)) {
    const column = data[name];
    if (!Array.isArray(column) && !isTypedArray(column)) {
      throw new TypeError(`Cannot stream column ${name}: expected an array, got ${typeof column}`);
    }
    if (isTypedArray(column) && column.shape !== undefined && column.shape.length !== 1) {
      throw new RangeError(
        `Cannot stream column ${name}: its shape is [${column.shape.join(", ")}], not of one dimension`,
      );
    }
  }
  const lengths = raggedLengths(data);
  if (lengths !== undefined) throw new RangeError(`Cannot stream columns of different lengths: ${lengths}`);
}
