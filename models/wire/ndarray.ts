/**
 * Multi-dimensional arrays, and the names of item types on the wire.
 *
 * An array has its items in one flat list or typed array in row-major order, and a property
 * `shape`.
 *
 * @module
 */

import { isTypedArray, type TypedArray } from "../columns/columns.ts";

/** Item types that are sent in binary form. */
export type DType = "bool" | "uint8" | "int8" | "uint16" | "int16" | "uint32" | "int32" | "float32" | "float64";

/** Properties of a multi-dimensional or boolean array. */
export interface NDArrayProperties {
  /** Length of each dimension. */
  shape: readonly number[];
  /** `"bool"` if the bytes of a `Uint8Array` are booleans. */
  dtype?: "bool";
}

/** A flat array with a shape. */
export type NDArray<T extends TypedArray | unknown[] = TypedArray | unknown[]> = T & NDArrayProperties;

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

/**
 * Returns the name on the wire of an array's item type, or undefined if its items are not sent in
 * binary form.
 */
export function dtypeOf(array: TypedArray): DType | undefined {
  return (array as Partial<NDArrayProperties>).dtype ?? dtypes.get(array[Symbol.toStringTag]);
}

/**
 * Returns the `shape` property of an array, or undefined if it has none: the array is
 * one-dimensional.
 */
export function explicitShape(array: TypedArray | readonly unknown[]): readonly number[] | undefined {
  return (array as Partial<NDArrayProperties>).shape;
}

/** Returns the number of items of an array with a shape, or NaN if the shape is invalid. */
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

/**
 * Maximum nesting in which shapes are checked. Polygons with holes are lists in lists in lists;
 * deeper values may be cyclic.
 */
const MAX_SHAPE_DEPTH = 6;

/**
 * Checks the shapes of an array and of the arrays in it.
 *
 * @param value Any value. Values other than arrays are not checked.
 * @param action What cannot be done with the array, for the error.
 * @param depth Nesting of the value.
 * @throws {RangeError} If a shape does not match the number of items.
 */
export function checkShapes(value: unknown, action: string, depth = 0): void {
  if (isTypedArray(value)) checkShape(value, action);
  if (!Array.isArray(value) || depth > MAX_SHAPE_DEPTH) return;
  checkShape(value, action);
  // Only the type of the first item is checked: lists of numbers or strings are not searched.
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
 * Gives an array a shape.
 *
 * @param items All items in row-major order. The array itself is changed, not a copy.
 * @param shape Length of each dimension. Their product must be the number of items.
 * @param dtype `"bool"` if the bytes of a `Uint8Array` are booleans.
 * @throws {RangeError} If the shape does not match the number of items.
 * @throws {TypeError} If the dtype is `"bool"` and the array is not a `Uint8Array`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ndarray } from "./ndarray.ts";
 *
 * assertEquals(ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]).shape, [2, 3]);
 * ```
 */
export function ndarray<T extends TypedArray | unknown[]>(
  items: T,
  shape: readonly number[],
  dtype?: "bool",
): NDArray<T> {
  if (itemCount(shape) !== items.length) {
    throw new RangeError(
      `Cannot shape an array of ${items.length} items as [${shape.join(", ")}]: the shape has another number of items`,
    );
  }
  if (dtype === "bool" && !(isTypedArray(items) && items instanceof Uint8Array)) {
    throw new TypeError("Cannot make an array of booleans: expected a Uint8Array");
  }
  return Object.assign(items, dtype === undefined ? { shape } : { shape, dtype });
}

/** Reverses the byte order of each item, in place. */
export function swapBytes(bytes: Uint8Array, itemSize: number): void {
  if (itemSize === 1) return;
  for (let start = 0; start + itemSize <= bytes.length; start += itemSize) {
    // A view of each item would take twenty times as long.
    for (let low = start, high = start + itemSize - 1; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
}
