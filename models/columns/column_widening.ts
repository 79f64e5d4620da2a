/**
 * Replaces typed arrays by wider ones when they cannot represent a value exactly.
 *
 * A typed array silently converts a number that its type does not have: an `Int32Array` stores 0
 * for NaN.
 *
 * @module
 */

import { copyShape, wideArray } from "./column_growth.ts";
import { type Column, isTypedArray, type TypedArray } from "./columns.ts";
import { describeValue } from "../diagnostics/describe_value.ts";

/** Smallest and largest item of integer arrays. */
const LIMITS: ReadonlyMap<string, readonly [min: number, max: number]> = new Map([
  ["Int8Array", [-(2 ** 7), 2 ** 7 - 1]],
  ["Uint8Array", [0, 2 ** 8 - 1]],
  ["Uint8ClampedArray", [0, 2 ** 8 - 1]],
  ["Int16Array", [-(2 ** 15), 2 ** 15 - 1]],
  ["Uint16Array", [0, 2 ** 16 - 1]],
  ["Int32Array", [-(2 ** 31), 2 ** 31 - 1]],
  ["Uint32Array", [0, 2 ** 32 - 1]],
]);

/** Returns whether a value is an array of 64-bit integers. */
export function isBigArray(array: unknown): array is BigInt64Array | BigUint64Array {
  return array instanceof BigInt64Array || array instanceof BigUint64Array;
}

/** Returns whether the type of an array can represent a value exactly. */
function holds(array: TypedArray, value: unknown): boolean {
  if (array instanceof BigInt64Array) return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
  if (array instanceof BigUint64Array) return typeof value === "bigint" && BigInt.asUintN(64, value) === value;
  if (typeof value !== "number") return false;
  if (array instanceof Float64Array) return true;
  if (array instanceof Float32Array) return Math.fround(value) === value || Number.isNaN(value);
  const limits = LIMITS.get(array[Symbol.toStringTag]);
  return limits !== undefined && Number.isInteger(value) && value >= limits[0] && value <= limits[1];
}

/** Context of the values. */
interface WideningOptions {
  /** The column or its row, for errors. */
  readonly where: string;
  /** Whether the array may be replaced by a list, which can hold null. */
  readonly mayBeList: boolean;
}

/**
 * Returns whether an array of numbers cannot represent some values exactly, and must be replaced by
 * a wider one.
 *
 * @param column A column, or the array in one of its rows.
 * @param values The values, converted by `numericPatches`.
 * @throws {TypeError} If no wider array can represent a value: it is neither a number nor null, or
 * the array has 64-bit integers.
 */
export function needsWider(column: Column, values: ArrayLike<unknown>, { where, mayBeList }: WideningOptions): boolean {
  if (!isTypedArray(column) || isTypedArray(values) && values.constructor === column.constructor) return false;
  let isWide = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (holds(column, value)) continue;
    isWide = true;
    const hasWider = typeof value === "number" || value === null && mayBeList && column.shape === undefined;
    if (isBigArray(column) || !hasWider) {
      const type = column[Symbol.toStringTag];
      throw new TypeError(`Cannot patch ${where}: it is a ${type}, which cannot hold ${describeValue(value)}`);
    }
  }
  return isWide;
}

/**
 * Returns a column that can also hold some values: the column itself, a wider typed array, or a
 * list. The result has the same type as if the values were streamed. The column is not changed.
 *
 * @throws {TypeError} As {@linkcode needsWider}.
 */
export function widenColumn<T extends Column>(column: T, values: ArrayLike<unknown>, options: WideningOptions): Column {
  return needsWider(column, values, options) ? copyShape(column, wideArray(column, Array.from(values))) : column;
}
