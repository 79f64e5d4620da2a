/**
 * Checks rows that are to be streamed.
 *
 * @module
 */

import { type ColumnData, isTypedArray } from "./columns.ts";
import { raggedLengths } from "./ragged_columns.ts";

/**
 * Checks that rows can be appended to columns.
 *
 * @param columns The existing columns. If there are none, the rows may have any columns.
 * @param data The new rows, by column.
 * @param rollover Maximum number of rows, null for no maximum.
 * @throws {RangeError} If the names of the columns differ, the new columns have different lengths
 * or more than one dimension, or the rollover is not a non-negative integer.
 * @throws {TypeError} If a new column is not an array.
 */
export function checkStream(columns: ColumnData, data: ColumnData, rollover: number | null): void {
  if (rollover !== null && (!Number.isInteger(rollover) || rollover < 0)) {
    throw new RangeError(`Cannot stream with rollover ${rollover}: it must be null or a non-negative integer`);
  }
  const have = Object.keys(columns);
  if (have.length > 0) {
    const missing = have.filter((name) => !Object.hasOwn(data, name));
    const extra = Object.keys(data).filter((name) => !Object.hasOwn(columns, name));
    const parts = [];
    if (missing.length > 0) parts.push(`missing: ${missing.sort().join(", ")}`);
    if (extra.length > 0) parts.push(`extra: ${extra.sort().join(", ")}`);
    if (parts.length > 0) {
      throw new RangeError(`Cannot stream: the columns differ from the existing ones: ${parts.join("; ")}`);
    }
  }
  for (const name of Object.keys(data)) {
    const column = data[name];
    if (!Array.isArray(column) && !isTypedArray(column)) {
      throw new TypeError(`Cannot stream column ${name}: expected an array, got ${typeof column}`);
    }
    if (isTypedArray(column) && column.shape !== undefined && column.shape.length !== 1) {
      throw new RangeError(
        `Cannot stream column ${name}: its shape is [${column.shape.join(", ")}], expected one dimension`,
      );
    }
  }
  const lengths = raggedLengths(data);
  if (lengths !== undefined) throw new RangeError(`Cannot stream columns of different lengths: ${lengths}`);
}
