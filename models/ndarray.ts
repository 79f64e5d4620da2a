/**
 * Arrays of several dimensions and the names of their types on the wire.
 *
 * An array keeps its items in one flat list or typed array, the last dimension varying fastest, with its `shape` beside it.
 *
 * @module
 */

import { isTypedArray, type TypedArray } from "./columns.ts";

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

/** How items of a type are read. */
export interface ItemType {
  /** How many bytes an item has. */
  readonly size: number;
  /** The items that fill a buffer. */
  ofBytes(memory: ArrayBuffer): TypedArray;
  /** A copy of a list; in the place of a number that is no such item stands another. */
  ofList(numbers: readonly number[]): TypedArray;
}

/** A class of typed arrays, as far as making one over bytes or of numbers goes. */
interface TypedArrayClass {
  new (memory: ArrayBuffer): TypedArray;
  from(numbers: ArrayLike<number>): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

const itemTypes: ReadonlyMap<unknown, ItemType> = new Map<string, ItemType>([
  ["bool", itemsOf(Uint8Array)],
  ["uint8", itemsOf(Uint8Array)],
  ["int8", itemsOf(Int8Array)],
  ["uint16", itemsOf(Uint16Array)],
  ["int16", itemsOf(Int16Array)],
  ["uint32", itemsOf(Uint32Array)],
  ["int32", itemsOf(Int32Array)],
  ["float32", itemsOf(Float32Array)],
  ["float64", itemsOf(Float64Array)],
]);

/** Types that NumPy has and BokehJS has not. Their items are read as numbers, since authors could not reckon with others. */
const foreignTypes: ReadonlyMap<unknown, ItemType> = new Map<string, ItemType>([
  ["int64", longIntegers(BigInt64Array, Int32Array, { least: -(2 ** 63), most: 2 ** 63 })],
  ["uint64", longIntegers(BigUint64Array, Uint32Array, { least: 0, most: 2 ** 64 })],
  ["float16", {
    size: 2,
    ofBytes: (memory) => Float32Array.from(new Float16Array(memory)),
    ofList: (numbers) => Float32Array.from(Float16Array.from(numbers)),
  }],
]);

function itemsOf(cls: TypedArrayClass): ItemType {
  return {
    size: cls.BYTES_PER_ELEMENT,
    ofBytes: (memory) => new cls(memory),
    ofList: (numbers) => cls.from(numbers),
  };
}

/** Integers of 64 bits, in half as many where all of them fit: so Python sends them on. */
function longIntegers(
  long: new (memory: ArrayBuffer) => BigInt64Array | BigUint64Array,
  short: TypedArrayClass,
  { least, most }: { least: number; most: number },
): ItemType {
  const shortest = (numbers: Float64Array) => {
    const narrow = short.from(numbers);
    return numbers.every((number, i) => number === narrow[i]) ? narrow : numbers;
  };
  const integer = (number: number) => Math.min(Math.max(Math.trunc(number) || 0, least), most);
  return {
    size: 8,
    ofBytes: (memory) => shortest(Float64Array.from<bigint>(new long(memory), Number)),
    ofList: (numbers) => shortest(Float64Array.from(numbers, integer)),
  };
}

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

/** How items of a type are read, or undefined where there is none of the name. */
export function itemType(dtype: unknown): ItemType | undefined {
  return itemTypes.get(dtype) ?? foreignTypes.get(dtype);
}

/** Whether a type is one of those that plain typed arrays may have: BokehJS has no others, and they have no truth values. */
export function isTypedArrayType(dtype: unknown): boolean {
  return dtype !== "bool" && itemTypes.has(dtype);
}

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
