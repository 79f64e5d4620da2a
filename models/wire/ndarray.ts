/**
 * Arrays of several dimensions and the names of their types on the wire.
 *
 * An array keeps its items in one flat list or typed array, the last dimension varying fastest, with its `shape` beside it.
 *
 * @module
 */

import { isTypedArray, type TypedArray } from "../columns/columns.ts";

/** The types of items that travel in binary form. */
export type DType = "bool" | "uint8" | "int8" | "uint16" | "int16" | "uint32" | "int32" | "float32" | "float64";

/** What stands beside the items of an array of several dimensions, or of truth values. */
export interface NDArrayFacts {
  /** The length of each dimension. */
  shape: readonly number[];
  /** `"bool"` where the bytes of a Uint8Array are truth values. */
  dtype?: "bool";
}

/** A flat array with its shape beside it. */
export type NDArray<T extends TypedArray | unknown[] = TypedArray | unknown[]> = T & NDArrayFacts;

const dtypes: ReadonlyMap<string, DType> = new Map<string, DType>([
  ["Uint8Array", "uint8"],
  ["Uint8ClampedArray", "uint8"],
  ["Int8Array", "int8"],
  ["Uint16Array", "uint16"],
  ["Int16Array", "int16"],
  ["Uint32Array", "uint32"],
  ["Int32Array", "int32"],
  ["Float32Array", "float32"],
  ["Float64Array", "float64"],
]);

/** The wire's name for the items of a typed array, or undefined for those that do not travel in binary form. */
export function dtypeOf(array: TypedArray): DType | undefined {
  return (array as Partial<NDArrayFacts>).dtype ?? dtypes.get(array[Symbol.toStringTag]);
}

/** The shape that stands beside an array, or undefined for one of a single dimension. */
export function explicitShape(array: TypedArray | readonly unknown[]): readonly number[] | undefined {
  return (array as Partial<NDArrayFacts>).shape;
}

/** How many items an array of a shape has; NaN where that is no shape. */
export function itemCount(shape: readonly unknown[]): number {
  let count = 1;
  for (const length of shape) {
    if (!isLength(length)) return NaN;
    count *= length;
  }
  return Number.isSafeInteger(count) ? count : NaN;
}

function isLength(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** How deep arrays with shapes are looked for: polygons with holes are lists in lists in lists. Deeper values may be cycles. */
const MAX_SHAPE_DEPTH = 6;

/**
 * Throws a RangeError if an array, or one that it contains, has a shape that does not fit the number of its items.
 *
 * @param value Any value; what is no array has no shape.
 * @param action What cannot be done with the array, for the error.
 */
export function checkShapes(value: unknown, action: string, depth = 0): void {
  if (isTypedArray(value)) checkShape(value, action);
  if (!Array.isArray(value) || depth > MAX_SHAPE_DEPTH) return;
  checkShape(value, action);
  // what the first item is tells what a list contains
  const first: unknown = value.find((item) => item !== null && item !== undefined);
  if (typeof first !== "object") return;
  for (const item of value) checkShapes(item, action, depth + 1);
}

function checkShape(array: TypedArray | readonly unknown[], action: string): void {
  const shape: unknown = explicitShape(array);
  if (shape === undefined || shape === null) return;
  if (!Array.isArray(shape) || shape.length === 0 || itemCount(shape) !== array.length) {
    const text = Array.isArray(shape) ? `[${shape.join(", ")}]` : String(shape);
    throw new RangeError(`Cannot ${action}: an array of ${array.length} items has the shape ${text}`);
  }
}

/**
 * Puts a shape beside an array.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ndarray } from "./ndarray.ts";
 *
 * assertEquals(ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]).shape, [2, 3]);
 * ```
 *
 * @param items All items, the last dimension varying fastest. The array itself is marked, not copied.
 * @param shape The length of each dimension; their product must be the number of items.
 * @param dtype `"bool"` where the bytes of a Uint8Array are truth values.
 */
export function ndarray<T extends TypedArray | unknown[]>(
  items: T,
  shape: readonly number[],
  dtype?: "bool",
): NDArray<T> {
  if (itemCount(shape) !== items.length) {
    throw new RangeError(
      `Cannot shape an array of ${items.length} items as [${shape.join(", ")}]: the numbers of items differ`,
    );
  }
  if (dtype === "bool" && !(isTypedArray(items) && items instanceof Uint8Array)) {
    throw new TypeError("Cannot make an array of truth values: expected a Uint8Array");
  }
  return Object.assign(items, dtype === undefined ? { shape } : { shape, dtype });
}

/** Reverses the bytes of each item, in place. */
export function swapBytes(bytes: Uint8Array, itemSize: number): void {
  if (itemSize === 1) return;
  for (let start = 0; start + itemSize <= bytes.length; start += itemSize) {
    bytes.subarray(start, start + itemSize).reverse();
  }
}
