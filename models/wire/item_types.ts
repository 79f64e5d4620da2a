/**
 * Item types of binary arrays, by their names on the wire (`dtype`).
 *
 * @module
 */

import type { TypedArray } from "../columns/columns.ts";
import { DeserializationError } from "./deserialization_error.ts";

/** Decodes items of one type. */
export interface ItemType {
  /** Size of an item in bytes. */
  readonly size: number;
  /** Returns an array over a buffer. */
  ofBytes(memory: ArrayBuffer): TypedArray;
  /**
   * Returns an array with a copy of the numbers. A number that the type cannot represent is
   * replaced by another one.
   */
  ofList(numbers: readonly number[]): TypedArray;
}

/** Constructor of a typed array. */
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

/**
 * Types that NumPy has and BokehJS does not have. Their items become numbers, because BigInts would
 * break arithmetic in authors' code.
 */
const foreignTypes: ReadonlyMap<unknown, ItemType> = new Map<string, ItemType>([
  ["int64", longIntegers(Int32Array, { least: -(2 ** 63), most: 2 ** 63 })],
  ["uint64", longIntegers(Uint32Array, { least: 0, most: 2 ** 64 })],
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

/**
 * Returns the decoder of 64-bit integers. As in Python, the result has 32-bit integers if all of
 * them fit.
 */
function longIntegers(short: ShortIntegerClass, { least, most }: { least: number; most: number }): ItemType {
  const integer = (number: number) => Math.min(Math.max(Math.trunc(number) || 0, least), most);
  return {
    size: 8,
    ofBytes: (memory) => readShort(memory, short) ?? readLong(memory, short),
    ofList(numbers) {
      const integers = Float64Array.from(numbers, integer);
      const narrow = short.from(integers);
      return integers.every((number, i) => number === narrow[i]) ? narrow : integers;
    },
  };
}

type ShortIntegerClass = typeof Int32Array | typeof Uint32Array;

// Both functions read each 64-bit integer as two halves. A BigInt for each would take ten times as
// long, and 24 bytes.

/** Converts 64-bit integers to 32-bit integers. Returns undefined if one of them does not fit. */
function readShort(memory: ArrayBuffer, short: ShortIntegerClass): TypedArray | undefined {
  const halves = new short(memory);
  const integers = new short(halves.length / 2);
  for (let i = 0; i < integers.length; i++) {
    const low = halves[2 * i]!;
    if (halves[2 * i + 1] !== (low < 0 ? -1 : 0)) return undefined;
    integers[i] = low;
  }
  return integers;
}

/**
 * Converts 64-bit integers to numbers. Throws a `DeserializationError` if a number cannot represent
 * one of them exactly.
 */
function readLong(memory: ArrayBuffer, short: ShortIntegerClass): Float64Array {
  const low = new Uint32Array(memory), high = new short(memory);
  const numbers = new Float64Array(high.length / 2);
  for (let i = 0; i < numbers.length; i++) {
    const most = high[2 * i + 1]! * 2 ** 32, least = low[2 * i]!;
    const number = numbers[i] = most + least;
    if (number - most !== least) {
      throw DeserializationError.because(
        `a number cannot represent the integer ${BigInt(most) + BigInt(least)} exactly: send floats or strings`,
      );
    }
  }
  return numbers;
}

/** Returns the decoder of an item type, or undefined if the type does not exist. */
export function itemType(dtype: unknown): ItemType | undefined {
  return itemTypes.get(dtype) ?? foreignTypes.get(dtype);
}

/**
 * Returns whether a plain typed array can have the type: one of BokehJS's types other than
 * `"bool"`.
 */
export function isTypedArrayType(dtype: unknown): boolean {
  return dtype !== "bool" && itemTypes.has(dtype);
}
