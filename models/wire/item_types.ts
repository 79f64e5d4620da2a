/**
 * How the items of arrays are read, by the names of their types on the wire.
 *
 * @module
 */

import type { TypedArray } from "../columns/columns.ts";
import { DeserializationError } from "./deserialization_error.ts";

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

/** Integers of 64 bits, in half as many where all of them fit: so Python sends them on. */
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

// Both read integers of 64 bits as halves: a BigInt for each would take ten times as long, and 24 bytes.

/** Returns integers of 64 bits as integers of 32 bits, undefined if one of them does not fit. */
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

/** Returns integers of 64 bits as numbers. Throws a DeserializationError for one that a number cannot hold exactly. */
function readLong(memory: ArrayBuffer, short: ShortIntegerClass): Float64Array {
  const low = new Uint32Array(memory), high = new short(memory);
  const numbers = new Float64Array(high.length / 2);
  for (let i = 0; i < numbers.length; i++) {
    const most = high[2 * i + 1]! * 2 ** 32, least = low[2 * i]!;
    const number = numbers[i] = most + least;
    if (number - most !== least) {
      throw DeserializationError.because(
        `a number cannot hold the integer ${BigInt(most) + BigInt(least)} exactly: send floats or text`,
      );
    }
  }
  return numbers;
}

/** How items of a type are read, or undefined where there is none of the name. */
export function itemType(dtype: unknown): ItemType | undefined {
  return itemTypes.get(dtype) ?? foreignTypes.get(dtype);
}

/** Whether a type is one of those that plain typed arrays may have: BokehJS has no others, and they have no truth values. */
export function isTypedArrayType(dtype: unknown): boolean {
  return dtype !== "bool" && itemTypes.has(dtype);
}
