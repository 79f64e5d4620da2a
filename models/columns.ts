/**
 * Columns of a data source: what they are, and how rows are added to them.
 *
 * Typed columns grow inside a larger buffer, so that adding rows costs what the rows cost, not what the column holds.
 *
 * @module
 */

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
export type Column = unknown[] | (TypedArray & { shape?: readonly number[] });

/** The columns of a data source by name, all of one length. */
export type ColumnData = Record<string, Column>;

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

/** Makes a container of columns, in which any name is only a name. */
export function emptyColumns(): ColumnData {
  return Object.create(null) as ColumnData;
}

/** The number of rows of a column: its length, or the first of its dimensions. */
export function rowCount(column: Column): number {
  return isTypedArray(column) ? column.shape?.[0] ?? column.length : column.length;
}

/** Throws a RangeError that lists all lengths where columns differ in length. */
export function checkLengths(columns: ColumnData, what: string): void {
  let first = -1;
  for (const name of Object.keys(columns)) {
    const length = rowCount(columns[name]!);
    if (first === -1) first = length;
    else if (length !== first) {
      const lengths = Object.entries(columns).map(([key, column]) => `${key}: ${rowCount(column)}`).join(", ");
      throw new RangeError(`Cannot ${what} columns of different lengths: ${lengths}`);
    }
  }
}

/**
 * Throws unless `data` can be added to `columns`: it must name the same columns, each with as many new rows.
 *
 * @param columns The columns as they are; with none yet, any new ones will do.
 * @param data The new rows by column.
 * @param rollover How many rows are kept at most, null for all.
 */
export function checkStream(columns: ColumnData, data: ColumnData, rollover: number | null): void {
  if (rollover !== null && (!Number.isInteger(rollover) || rollover < 0)) {
    throw new RangeError(`Cannot stream with rollover ${rollover}: it must be null or a whole number of rows`);
  }
  const have = Object.keys(columns);
  if (have.length > 0) {
    const missing = have.filter((name) => !Object.hasOwn(data, name));
    const extra = Object.keys(data).filter((name) => !Object.hasOwn(columns, name));
    const parts = [];
    if (missing.length > 0) parts.push(`missing: ${missing.sort().join(", ")}`);
    if (extra.length > 0) parts.push(`extra: ${extra.sort().join(", ")}`);
    if (parts.length > 0) throw new RangeError(`Cannot stream to other columns than there are: ${parts.join("; ")}`);
  }
  for (const [name, column] of Object.entries(data)) {
    if (!Array.isArray(column) && !isTypedArray(column)) {
      throw new TypeError(`Cannot stream column ${name}: expected an array, got ${typeof column}`);
    }
    if (isTypedArray(column) && column.shape !== undefined && column.shape.length !== 1) {
      throw new RangeError(
        `Cannot stream column ${name}: its shape is [${column.shape.join(", ")}], not of one dimension`,
      );
    }
  }
  checkLengths(data, "stream");
}

interface Growth {
  readonly buffer: TypedArray;
  readonly start: number;
  readonly end: number;
}

/** Where the typed arrays lie that this module made with room behind their ends. */
const growths = new WeakMap<object, Growth>();

/**
 * The arrays that a data source made itself and may change in place. An author's array is never changed: one array
 * may stand in the documents of many sessions.
 */
const owned = new WeakSet<object>();

/** The array itself if a data source made it, else a copy that may be changed in place. */
export function ownArray<T extends Column>(array: T): T {
  if (owned.has(array)) return array;
  const copy = array.slice() as T;
  if (isTypedArray(array) && array.shape !== undefined) Object.assign(copy, { shape: array.shape });
  owned.add(copy);
  return copy;
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
  if (rollover !== null && list.length > rollover) list.splice(0, list.length - rollover);
  return list;
}

interface TypedArrayClass {
  new (length: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** The class of array that can hold both, or null where only a list can. */
function commonArray(column: Column, extra: Column): TypedArrayClass | null {
  const of = (array: TypedArray) => array.constructor as TypedArrayClass;
  if (isTypedArray(column) && isTypedArray(extra)) {
    if (column.constructor === extra.constructor) return of(column);
    const big = isBig(column) || isBig(extra);
    return big ? null : Float64Array;
  }
  const typed = (isTypedArray(column) ? column : extra) as TypedArray;
  const list = (isTypedArray(column) ? extra : column) as unknown[];
  if (list.length === 0) return of(typed);
  if (isBig(typed) || !list.every((value) => typeof value === "number")) return null;
  return Float64Array;
}

function isBig(array: TypedArray): boolean {
  return array instanceof BigInt64Array || array instanceof BigUint64Array;
}

/** A typed array seen as what `set` and `subarray` need, since TypeScript cannot pair the classes of two unions. */
interface Numbers {
  readonly length: number;
  set(source: ArrayLike<unknown>, offset?: number): void;
  subarray(start: number, end: number): Numbers & TypedArray;
}

function appendTyped(column: Column, extra: Column, rollover: number | null, kind: TypedArrayClass): TypedArray {
  const limit = rollover ?? Infinity;
  const take = Math.min(extra.length, limit);
  const keep = Math.min(column.length, limit - take);
  const fresh = take === extra.length ? extra : extra.slice(extra.length - take);
  const known = growths.get(column);
  let buffer: TypedArray;
  let end: number;
  if (known !== undefined && known.buffer.constructor === kind && known.end + take <= known.buffer.length) {
    ({ buffer, end } = known);
  } else {
    buffer = new kind(Math.max(64, 2 * (keep + take)));
    const kept = isTypedArray(column) ? column.subarray(column.length - keep) : column.slice(column.length - keep);
    (buffer as Numbers).set(kept);
    end = keep;
  }
  (buffer as Numbers).set(fresh, end);
  end += take;
  const start = end - keep - take;
  const view = (buffer as Numbers).subarray(start, end);
  growths.set(view, { buffer, start, end });
  owned.add(view);
  return view;
}
