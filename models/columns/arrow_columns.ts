/**
 * Converts tables that store their values by column, such as those of Apache Arrow, to columns of a
 * data source.
 *
 * @module
 */

import type { Column, ColumnData } from "./columns.ts";

/** Type of the values of a column, as in Apache Arrow. */
export interface ColumnarType {
  /** Id of the type in Arrow's format. */
  readonly typeId: number;
  /** Number of bits of an integer. */
  readonly bitWidth?: number;
  /** Precision of a floating-point number: 0 for 16 bits, 1 for 32 bits, 2 for 64 bits. */
  readonly precision?: number;
  /**
   * Unit of a time of day or duration: 0 for seconds, 1 for milliseconds, 2 for microseconds, 3 for
   * nanoseconds.
   */
  readonly unit?: number;
  /** Number of decimal places of a decimal number. */
  readonly scale?: number;
  /** Type of the values of a dictionary. */
  readonly dictionary?: ColumnarType;
}

/**
 * A column of a table. Without a type or an iterator, the result of `toArray` is used unchanged.
 */
export interface ColumnarVector {
  /** Returns the values in memory. Elements without a value contain an arbitrary number. */
  toArray(): ArrayLike<unknown>;
  /** Iterates over the values; null for missing values. */
  [Symbol.iterator]?(): Iterator<unknown>;
  /** Number of missing values. */
  readonly nullCount?: number;
  /** Type of the values. */
  readonly type?: ColumnarType;
}

/** A table that stores its values by column, such as a `Table` of Apache Arrow. */
export interface ColumnarTable {
  /** Schema, with the names of the columns. */
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  /** Returns the column of a name. */
  getChild(name: string): ColumnarVector | null;
}

/**
 * Type ids of Arrow's format. Vectors of more specific types have negative ids in memory, which are
 * not listed.
 */
const Type = {
  int: 2,
  float: 3,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixedSizeList: 16,
  duration: 18,
  largeList: 21,
} as const;

/** Milliseconds per unit of time, by the number of the unit in Arrow's format. */
const MILLISECONDS = [1000, 1, 1e-3, 1e-6] as const;

/**
 * Returns the columns of a table. Missing values are NaN in columns of floats, dates and times, and
 * null in other columns.
 */
export function columnsOfTable(table: ColumnarTable): ColumnData {
  return Object.fromEntries(table.schema.fields.map(({ name }) => {
    const vector = table.getChild(name);
    return [name, vector === null ? [] : columnOf(vector, `column ${name}`)];
  }));
}

/**
 * Converts a 64-bit integer to a number.
 *
 * @param value The integer.
 * @param where Location of the integer, for the error.
 * @throws {RangeError} If no number is equal to it.
 */
export function exactNumber(value: bigint, where: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) || BigInt(number) === value) return number;
  throw new RangeError(
    `Cannot convert ${value} in ${where} to a number: numbers are exact up to 2 ** 53. ` +
      "Convert the column to strings, or to numbers if they may be rounded",
  );
}

function columnOf(vector: ColumnarVector, where: string): Column {
  const { type: declared } = vector;
  if (declared === undefined || vector[Symbol.iterator] === undefined) return withoutBigints(vector.toArray(), where);
  const type = declared.dictionary ?? declared;
  const isWhole = (vector.nullCount ?? 0) === 0 && declared.dictionary === undefined;
  switch (type.typeId) {
    case Type.int:
      if (isWhole) return withoutBigints(vector.toArray(), where);
      return withoutBigints([...valuesOf(vector)], where);
    case Type.float:
      if (isWhole && type.precision !== 0) return vector.toArray() as Column;
      return type.precision === 2 ? Float64Array.from(fractions(vector)) : Float32Array.from(fractions(vector));
    case Type.date:
    case Type.timestamp:
      return Float64Array.from(fractions(vector));
    case Type.time:
    case Type.duration:
      return Float64Array.from(fractions(vector), (time) => inMilliseconds(time, type.unit ?? 1));
    case Type.decimal:
      return Float64Array.from(valuesOf(vector), (value) => decimal(value, type.scale ?? 0));
    case Type.list:
    case Type.fixedSizeList:
    case Type.largeList:
      return Array.from(valuesOf(vector), (item) => item === null ? null : columnOf(item as ColumnarVector, where));
    case Type.struct:
      return Array.from(valuesOf(vector), plainRecord);
    default:
      return [...valuesOf(vector)];
  }
}

/** Iterates over the values of a vector; null for missing values. */
function valuesOf(vector: ColumnarVector): Iterable<unknown> {
  return vector as Iterable<unknown>;
}

/** Iterates over the values of a vector as numbers; NaN for missing values. */
function* fractions(vector: ColumnarVector): Iterable<number> {
  for (const value of valuesOf(vector)) yield value === null ? NaN : Number(value);
}

/**
 * Converts a time to milliseconds. Divides if possible: 1e-3 and 1e-6 are not exact binary
 * fractions.
 */
function inMilliseconds(time: number, unit: number): number {
  const milliseconds = MILLISECONDS[unit] ?? 1;
  return milliseconds < 1 ? time / Math.round(1 / milliseconds) : time * milliseconds;
}

/** Converts 64-bit integers to numbers: to 32-bit integers if all of them fit. */
function withoutBigints(values: ArrayLike<unknown>, where: string): Column {
  const isBig = values instanceof BigInt64Array || values instanceof BigUint64Array;
  if (!isBig) {
    if (ArrayBuffer.isView(values)) return values as unknown as Column;
    return Array.from(
      values,
      (value, row) => typeof value === "bigint" ? exactNumber(value, `${where}, row ${row}`) : value,
    );
  }
  const numbers = Float64Array.from(
    { length: values.length },
    (_, row) => exactNumber(values[row]!, `${where}, row ${row}`),
  );
  return numbers.every((number) => number === (number | 0)) ? Int32Array.from(numbers) : numbers;
}

/**
 * Returns the number nearest to a decimal, which Arrow stores as an integer of several 32-bit
 * words, lowest first.
 */
function decimal(value: unknown, scale: number): number {
  if (value === null) return NaN;
  const words = value as Uint32Array;
  const bits = 32 * words.length;
  let integer = 0n;
  for (let i = words.length - 1; i >= 0; i--) integer = integer << 32n | BigInt(words[i]!);
  return Number(`${BigInt.asIntN(bits, integer)}e-${scale}`);
}

/** Converts a row of a structure to a plain object. */
function plainRecord(value: unknown): unknown {
  return typeof value === "object" && value !== null ? { ...value } : value;
}
