/**
 * Types of the columns of a data source.
 *
 * @module
 */

import { charge } from "../../protocol/work_budget.ts";

/** A typed array. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/**
 * A column: a list of any values, or a typed array, with a `shape` if it has several dimensions.
 */
export type Column = readonly unknown[] | (TypedArray & { shape?: readonly number[] });

/** Columns of a data source, by name. All should have the same length. */
export type ColumnData = Record<string, Column>;

/**
 * Columns of a data source as authors read them. Only the application knows the names and types of
 * its columns: anything but `any` would require a cast for each access.
 */
// deno-lint-ignore no-explicit-any -- any other type requires casts in applications
export type ColumnView = Record<string, any>;

/** A slice of indices, as Python's `slice(start, stop, step)`. */
export interface SliceIndex {
  /** First index, from 0. Null for 0. */
  readonly start?: number | null;
  /** Index after the last one. Null for the length. */
  readonly stop?: number | null;
  /** Distance between two indices, at least 1. Null for 1. */
  readonly step?: number | null;
}

/**
 * Index of a patch: a row, a slice of rows, or a row followed by an index or slice for each
 * dimension of the array in it.
 */
export type PatchIndex = number | SliceIndex | readonly (number | SliceIndex)[];

/** Patches by column: pairs of an index and the new value or values. */
export type Patches = Record<string, (readonly [index: PatchIndex, value: unknown])[]>;

/** Returns whether a value is a typed array. A `DataView` is not. */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Returns the number of rows of a column: its length, or its first dimension. */
export function rowCount(column: Column): number {
  return isTypedArray(column) ? column.shape?.[0] ?? column.length : column.length;
}

/** Maximum number of properties with which V8 stores an object without a hash table. */
const MAX_FAST_FIELDS = 128;

/**
 * Charges the steps of copying, checking and comparing an object of columns. The rows of the
 * columns are charged separately.
 *
 * @param count Number of columns.
 */
export function chargeColumns(count: number): void {
  charge("steps", count * (count > MAX_FAST_FIELDS ? 1000 : 10));
}
