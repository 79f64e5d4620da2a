/**
 * Columns of a data source: what they are.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";

/** An array of numbers of one type. */
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

/** One column: a list of anything, or an array of numbers (with a `shape` beside it where it has several dimensions). */
export type Column = readonly unknown[] | (TypedArray & { shape?: readonly number[] });

/** The columns of a data source by name, all of one length. */
export type ColumnData = Record<string, Column>;

/**
 * The columns of a data source as an author reads them. What a column holds only the application knows, and it knows the names as well: to doubt either at
 * every use would help nobody.
 */
// deno-lint-ignore no-explicit-any -- nothing else may be read without a cast
export type ColumnView = Record<string, any>;

/** A range of indices as Python's `slice(start, stop, step)`: `stop` itself is left out, null means "from the end of it". */
export interface SliceIndex {
  /** First index; null for 0. */
  readonly start?: number | null;
  /** The index before which it ends; null for the length. */
  readonly stop?: number | null;
  /** Distance between two indices; null for 1. */
  readonly step?: number | null;
}

/** Where a patch goes: a row, rows, or a row and then places inside the array that it holds. */
export type PatchIndex = number | SliceIndex | readonly (number | SliceIndex)[];

/** New values for places of columns. */
export type Patches = Record<string, (readonly [index: PatchIndex, value: unknown])[]>;

/** Whether a value is a typed array (a DataView is none). */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Returns a container of columns of some names, in which any name is only a name. */
export function emptyColumns(names: readonly string[] = []): ColumnData {
  return nullPrototypeObject(names);
}

/** The number of rows of a column: its length, or the first of its dimensions. */
export function rowCount(column: Column): number {
  return isTypedArray(column) ? column.shape?.[0] ?? column.length : column.length;
}
