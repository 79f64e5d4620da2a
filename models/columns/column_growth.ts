/**
 * Adds rows to columns.
 *
 * Typed columns grow inside a larger buffer, so that adding rows costs what the rows cost, not what the column holds.
 *
 * @module
 */

import { charge, chargeCopy } from "../../protocol/work_budget.ts";
import { type Column, type ColumnData, isTypedArray, type TypedArray } from "./columns.ts";

/** Memory that this module made with room for rows behind those that are there. */
const rooms = new WeakSet<ArrayBufferLike>();

/**
 * The other arrays that a data source made itself and may change in place. An author's array is never changed: one array
 * may stand in the documents of many sessions.
 */
const owned = new WeakSet<object>();

/** Says that somebody else has an array too: whoever made it copies it before the next change. */
export function disown(array: Column): void {
  owned.delete(array);
  if (isTypedArray(array)) rooms.delete(array.buffer);
}

/** The array itself if a data source made it, else a copy that may be changed in place. */
export function ownArray<T extends Column>(array: T): T {
  if (owned.has(array) || isTypedArray(array) && rooms.has(array.buffer)) return array;
  const copy = copyArray(array);
  owned.add(copy);
  return copy;
}

/** A copy of a column, with its shape. */
export function copyArray<T extends Column>(array: T): T {
  chargeCopy(columnBytes(array));
  return copyShape(array, array.slice()) as T;
}

/** Puts the shape of a column beside another array, if it has one, and returns that array. */
export function copyShape(column: Column, array: Column): Column {
  return isTypedArray(column) && column.shape !== undefined ? Object.assign(array, { shape: column.shape }) : array;
}

/** Returns a copy of a column that can hold other values too: of numbers if all are numbers, else a list. */
export function wideArray(column: Column, values: readonly unknown[]): Column {
  const kind = commonArray(column, values);
  chargeCopy(columnBytes(column));
  return kind === null ? Array.from(column as ArrayLike<unknown>) : kind.from(column as ArrayLike<number>);
}

/** Bytes of a column itself, without what its items refer to. */
function columnBytes(column: Column): number {
  return isTypedArray(column) ? column.byteLength : 8 * column.length;
}

/** Returns the bytes of memory that an array takes, with the room for rows behind it. */
export function memoryOf(array: TypedArray): number {
  return rooms.has(array.buffer) ? array.buffer.byteLength : array.byteLength;
}

/**
 * Returns the bytes of memory of the array that {@linkcode appendRows} makes, undefined when it makes a list.
 *
 * @param column The column as it is.
 * @param extra The new rows. Either of the two must be a typed array.
 * @param rollover How many rows are kept, null for all.
 */
export function appendedBytes(column: Column, extra: Column, rollover: number | null): number | undefined {
  const kind = commonArray(column, extra);
  if (kind === null) return undefined;
  const length = Math.min(column.length + extra.length, rollover ?? Infinity);
  const keep = Math.max(0, length - extra.length);
  return roomFor(column, keep, length, kind)?.buffer.byteLength ?? roomLength(length) * kind.BYTES_PER_ELEMENT;
}

/** The rows of lists that have to go when so many come. */
export function* rolledOver(columns: ColumnData, rows: number, rollover: number | null): Iterable<unknown> {
  if (rollover === null) return;
  for (const column of Object.values(columns)) {
    if (isTypedArray(column)) continue;
    for (let i = 0; i < column.length + rows - rollover && i < column.length; i++) yield column[i];
  }
}

/**
 * A column with new rows at its end and at most `rollover` rows.
 *
 * @param column The column as it is. It is not changed, unless an earlier call made it.
 * @param extra The new rows.
 * @param rollover How many rows are kept, the oldest go first; null for all.
 */
export function appendRows(column: Column, extra: Column, rollover: number | null): Column {
  if (isTypedArray(column) || isTypedArray(extra)) {
    const kind = commonArray(column, extra);
    if (kind !== null) return appendTyped(column, extra, rollover, kind);
  }
  return appendList(column, extra, rollover);
}

function appendList(column: Column, extra: Column, rollover: number | null): unknown[] {
  const list = Array.isArray(column) ? ownArray(column) : Array.from(column as ArrayLike<unknown>);
  owned.add(list);
  for (let i = 0; i < extra.length; i++) list.push(extra[i]);
  if (rollover !== null && list.length > rollover) {
    chargeCopy(columnBytes(list));
    list.splice(0, list.length - rollover);
  }
  return list;
}

/** A class of typed arrays, over memory of their own or over memory that is there. */
interface TypedArrayClass {
  new (length: number): TypedArray;
  new (memory: ArrayBufferLike, start: number, length: number): TypedArray;
  from(numbers: ArrayLike<number>): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** The class of array that can hold both, or null where only a list can. */
function commonArray(column: Column, extra: Column): TypedArrayClass | null {
  const of = (array: TypedArray) => array.constructor as TypedArrayClass;
  if (isTypedArray(column) && isTypedArray(extra)) {
    if (column.constructor === extra.constructor) return of(column);
    return isBig(column) || isBig(extra) ? null : commonNumbers(column, extra);
  }
  const typed = (isTypedArray(column) ? column : extra) as TypedArray;
  const list = (isTypedArray(column) ? extra : column) as unknown[];
  charge("steps", list.length);
  if (list.length === 0) return of(typed);
  if (isBig(typed) || !list.every((value) => typeof value === "number")) return null;
  return commonNumbers(column, extra);
}

/** Arrays of whole numbers that are small stay such, as in numpy; a list may be meant to take fractions later. */
function commonNumbers(column: Column, extra: Column): TypedArrayClass {
  return isTypedArray(column) && holdsInt32(column) && holdsInt32(extra) ? Int32Array : Float64Array;
}

function holdsInt32(column: Column): boolean {
  if (!isTypedArray(column)) return column.every((value) => value === (Number(value) | 0));
  const isFloat = column instanceof Float64Array || column instanceof Float32Array;
  return !isFloat && !(column instanceof Uint32Array);
}

function isBig(array: TypedArray): boolean {
  return array instanceof BigInt64Array || array instanceof BigUint64Array;
}

/** A typed array seen as what `set` needs, since TypeScript cannot pair the classes of two unions. */
interface Numbers {
  set(source: ArrayLike<unknown>, offset?: number): void;
}

function appendTyped(column: Column, extra: Column, rollover: number | null, kind: TypedArrayClass): TypedArray {
  const limit = rollover ?? Infinity;
  const take = Math.min(extra.length, limit);
  const keep = Math.min(column.length, limit - take);
  const grown = withPlaces(column, keep, take, kind);
  (grown as Numbers).set(take === extra.length ? extra : extra.slice(extra.length - take), keep);
  return grown;
}

/** The last rows of a column with places for more behind them: where they are if there is room, or in a new room. */
function withPlaces(column: Column, keep: number, more: number, kind: TypedArrayClass): TypedArray {
  const length = keep + more;
  const present = roomFor(column, keep, length, kind);
  if (present !== undefined) return new kind(present.buffer, present.start, length);
  const room = new kind(roomLength(length));
  chargeCopy(room.byteLength);
  rooms.add(room.buffer);
  (room as Numbers).set(
    isTypedArray(column) ? column.subarray(column.length - keep) : column.slice(column.length - keep),
  );
  return new kind(room.buffer, 0, length);
}

/** Returns the memory of a column if it has room for some rows from the last ones on, and where these begin. */
function roomFor(
  column: Column,
  keep: number,
  length: number,
  kind: TypedArrayClass,
): { buffer: ArrayBufferLike; start: number } | undefined {
  if (!isTypedArray(column) || column.constructor !== kind || !rooms.has(column.buffer)) return undefined;
  const { buffer } = column;
  const start = column.byteOffset + (column.length - keep) * kind.BYTES_PER_ELEMENT;
  return start + length * kind.BYTES_PER_ELEMENT <= buffer.byteLength ? { buffer, start } : undefined;
}

/** Returns for how many rows there is memory when a column with some rows gets a new one. */
function roomLength(rows: number): number {
  return Math.max(64, 2 * rows);
}
