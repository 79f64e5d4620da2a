/**
 * The values of patches as columns hold them.
 *
 * @module
 */

import { type Column, type ColumnData, isTypedArray, type Patches, type PatchIndex } from "./columns.ts";
import { isBigArray } from "./column_widening.ts";
import { drawableColumn } from "./drawable_column.ts";
import { toMilliseconds } from "../values/temporal.ts";

/**
 * Returns patches with their values as the columns hold them. For arrays of numbers, dates and times are milliseconds, what is
 * missing (null) is NaN if they have fractions, and bigints are numbers if these are exact, or the other way round for integers
 * of 64 bits. For lists, days are milliseconds, as in the columns that a data source is given. The patches are not changed, and are
 * returned themselves if no value is another one.
 */
export function numericPatches(columns: ColumnData, patches: Patches): Patches {
  let converted: Patches | undefined;
  for (const [name, list] of Object.entries(patches)) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column === undefined || !Array.isArray(list) || !list.every(isPair)) continue;
    const values = list.map(([index, value]) => convertValue(column, index, value));
    if (values.every((value, i) => Object.is(value, list[i]![1]))) continue;
    converted ??= { ...patches };
    converted[name] = list.map(([index], i) => [index, values[i]]);
  }
  return converted ?? patches;
}

function isPair(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2;
}

/** The value of one patch; the very value if there is nothing to convert. */
function convertValue(column: Column, index: PatchIndex, value: unknown): unknown {
  const row: unknown = Array.isArray(index) ? column[index[0] as number] : column;
  if (isTypedArray(row)) return convertNumbers(row, value);
  if (Array.isArray(index)) return value;
  if (typeof value !== "object" || value === null) return value;
  if (typeof index === "number") return drawableColumn([value])[0];
  return Array.isArray(value) ? drawableColumn(value) : value;
}

function convertNumbers(array: Column, value: unknown): unknown {
  if (!Array.isArray(value)) return isTypedArray(value) ? convertTyped(array, value) : convertNumber(array, value);
  const numbers = value.map((item) => convertNumbers(array, item));
  return numbers.some((number, i) => !Object.is(number, value[i])) ? numbers : value;
}

/** Numbers of 64 bits in the place of others, or the other way round, become a list. */
function convertTyped(array: Column, values: Column): Column {
  return isBigArray(values) === isBigArray(array)
    ? values
    : Array.from(values as ArrayLike<unknown>, (value) => convertNumber(array, value));
}

function convertNumber(array: Column, value: unknown): unknown {
  if (isBigArray(array)) return Number.isInteger(value) ? BigInt(value as number) : value;
  switch (typeof value) {
    case "bigint":
      return Number.isFinite(Number(value)) && BigInt(Number(value)) === value ? Number(value) : value;
    case "object":
      if (value === null) return array instanceof Float64Array || array instanceof Float32Array ? NaN : null;
      return toMilliseconds(value) ?? value;
    default:
      return value;
  }
}
