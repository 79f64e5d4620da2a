/**
 * Columns of tables that keep their values by column, as those of Apache Arrow do.
 *
 * @module
 */

import type { Column, ColumnData } from "./columns.ts";

/** The type of the values of a column, as Apache Arrow describes it. */
export interface ColumnarType {
  /** The number of the type in Arrow's format. */
  readonly typeId: number;
  /** The number of bits of an integer. */
  readonly bitWidth?: number;
  /** The precision of a floating-point number: 0 for 16 bits, 1 for 32, 2 for 64. */
  readonly precision?: number;
  /** The unit of a time of day or a duration: 0 for seconds, 1 for milliseconds, 2 for microseconds, 3 for nanoseconds. */
  readonly unit?: number;
  /** How many digits of a decimal number are behind the point. */
  readonly scale?: number;
  /** The type of the values of a dictionary. */
  readonly dictionary?: ColumnarType;
}

/** A column of a table. Without a type and a way to iterate over its values it is taken as `toArray` returns it. */
export interface ColumnarVector {
  /** The values in memory: at a place without a value stands any number. */
  toArray(): ArrayLike<unknown>;
  /** The values, null where there is none. */
  [Symbol.iterator]?(): Iterator<unknown>;
  /** How many values are missing. */
  readonly nullCount?: number;
  /** The type of the values. */
  readonly type?: ColumnarType;
}

/** A table that keeps its values by column, as those of Apache Arrow do. */
export interface ColumnarTable {
  /** The names of its columns. */
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  /** The column of a name. */
  getChild(name: string): ColumnarVector | null;
}

/** The numbers of types in Arrow's format. Those below 0 are of vectors that know more of their type. */
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

/** Milliseconds of a unit of time, by its number in Arrow's format. */
const MILLISECONDS = [1000, 1, 1e-3, 1e-6] as const;

/** Returns the columns of a table. Missing numbers are NaN in columns of fractions and of points in time, else null. */
export function columnsOfTable(table: ColumnarTable): ColumnData {
  return Object.fromEntries(table.schema.fields.map(({ name }) => {
    const vector = table.getChild(name);
    return [name, vector === null ? [] : columnOf(vector, `column ${name}`)];
  }));
}

/**
 * Returns an integer of 64 bits as a number.
 *
 * @param where What it is, for the error.
 * @throws {RangeError} If no number is equal to it.
 */
export function exactNumber(value: bigint, where: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) || BigInt(number) === value) return number;
  throw new RangeError(
    `Cannot make a number of ${value} in ${where}: numbers are exact up to 2 ** 53. ` +
      "Convert the column to text, or to numbers if they may be rounded",
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

/** The values of a vector, null where there is none. */
function valuesOf(vector: ColumnarVector): Iterable<unknown> {
  return vector as Iterable<unknown>;
}

/** The numbers of a vector, NaN where there is none. */
function* fractions(vector: ColumnarVector): Iterable<number> {
  for (const value of valuesOf(vector)) yield value === null ? NaN : Number(value);
}

/** Divides where it can: a unit is no exact fraction of a millisecond. */
function inMilliseconds(time: number, unit: number): number {
  const milliseconds = MILLISECONDS[unit] ?? 1;
  return milliseconds < 1 ? time / Math.round(1 / milliseconds) : time * milliseconds;
}

/** Integers of 64 bits as numbers: of 32 bits if all of them fit. */
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

/** The number nearest to a decimal, which Arrow keeps as an integer of several words of 32 bits, the lowest first. */
function decimal(value: unknown, scale: number): number {
  if (value === null) return NaN;
  const words = value as Uint32Array;
  const bits = 32 * words.length;
  let integer = 0n;
  for (let i = words.length - 1; i >= 0; i--) integer = integer << 32n | BigInt(words[i]!);
  return Number(`${BigInt.asIntN(bits, integer)}e-${scale}`);
}

/** A row of a structure as a plain object. */
function plainRecord(value: unknown): unknown {
  return typeof value === "object" && value !== null ? { ...value } : value;
}
