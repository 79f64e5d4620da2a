/**
 * Converts the values of patches to values that columns hold.
 *
 * @module
 */

import { charge } from "../../protocol/work_budget.ts";
import { type Column, type ColumnData, isTypedArray, type Patches, type PatchIndex } from "./columns.ts";
import { isBigArray } from "./column_widening.ts";
import { drawableColumn } from "./drawable_column.ts";
import { toMilliseconds } from "../values/temporal.ts";

/**
 * Converts the values of patches. For typed arrays: dates and times become milliseconds, null
 * becomes NaN in arrays of floats, and bigints become numbers if these are exact, or vice versa for
 * arrays of 64-bit integers. For lists: dates become milliseconds, as when columns are assigned.
 *
 * @returns Converted patches, or `patches` itself if no value needs a conversion. The argument is
 * not changed.
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

/** Converts the value of one patch. Returns the same value if it needs no conversion. */
function convertValue(column: Column, index: PatchIndex, value: unknown): unknown {
  if (Array.isArray(index)) {
    const row: unknown = typeof index[0] === "number" ? column[index[0]] : undefined;
    return isTypedArray(row) ? convertNumbers(row, value) : value;
  }
  if (isTypedArray(column)) return convertNumbers(column, value);
  if (typeof value !== "object" || value === null) return value;
  if (typeof index === "number") return drawableColumn([value])[0];
  return Array.isArray(value) ? drawableColumn(value) : value;
}

function convertNumbers(array: Column, value: unknown): unknown {
  if (!Array.isArray(value)) return isTypedArray(value) ? convertTyped(array, value) : convertNumber(array, value);
  const numbers = value.map((item) => convertNumbers(array, item));
  return numbers.some((number, i) => !Object.is(number, value[i])) ? numbers : value;
}

/** Steps of work for converting a number to a bigint, or vice versa. */
const STEPS_PER_INTEGER = 8;

/** Converts a typed array to a list if only one of the two arrays has 64-bit integers. */
function convertTyped(array: Column, values: Column): Column {
  if (isBigArray(values) === isBigArray(array)) return values;
  charge("steps", values.length * STEPS_PER_INTEGER);
  return Array.from(values as ArrayLike<unknown>, (value) => convertNumber(array, value));
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
