/**
 * Patches of columns: new values for some of their elements.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import { charge } from "../../protocol/work_budget.ts";
import { describeValue } from "../diagnostics/describe_value.ts";
import { Slice } from "../values/values.ts";
import { ownArray } from "./column_growth.ts";
import { needsWider, widenColumn } from "./column_widening.ts";
import {
  type Column,
  type ColumnData,
  isTypedArray,
  type Patches,
  type PatchIndex,
  rowCount,
  type SliceIndex,
  type TypedArray,
} from "./columns.ts";

/** A typed array or list whose elements can be read and written. */
type Elements = { [index: number]: unknown; readonly length: number };

/**
 * Returns the indices of a slice in an array of a length: the first index, their number, and their
 * distance.
 */
export function sliceIndices(slice: SliceIndex, length: number): { start: number; count: number; step: number } {
  const step = slice.step ?? 1;
  const start = slice.start ?? 0;
  const stop = slice.stop ?? length;
  return { start, count: Math.max(0, Math.ceil((stop - start) / step)), step };
}

/**
 * Checks that all indices of patches exist, and that patches have as many values as their indices
 * select elements.
 *
 * @param columns The columns.
 * @param patches The patches, by column.
 * @throws {RangeError} If a column or index does not exist, or the number of values is wrong.
 * @throws {TypeError} If a patch has the wrong form, or a column cannot hold a value.
 */
export function checkPatches(columns: ColumnData, patches: Patches): void {
  const extra = Object.keys(patches).filter((name) => !Object.hasOwn(columns, name));
  if (extra.length > 0) throw new RangeError(`Cannot patch columns that do not exist: ${extra.sort().join(", ")}`);
  for (const [name, list] of Object.entries(patches)) {
    if (!Array.isArray(list)) {
      throw new TypeError(`Cannot patch column ${name}: expected a list of [index, value] pairs`);
    }
    charge("steps", list.length);
    for (const pair of list) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new TypeError(`Cannot patch column ${name}: expected [index, value] pairs`);
      }
      checkPatch(name, columns[name]!, pair[0], pair[1]);
    }
  }
}

function checkPatch(name: string, column: Column, index: PatchIndex, value: unknown): void {
  if (typeof index === "number") {
    checkRow(name, index, rowCount(column));
    needsWider(column, [value], { where: `column ${name}`, mayBeList: true });
  } else if (Array.isArray(index)) {
    checkInner(name, column, index, value);
  } else if (isSlice(index)) {
    const slice = index;
    const length = rowCount(column);
    checkSlice(name, slice, length);
    const { count } = sliceIndices(slice, length);
    if (!Array.isArray(value) && !isTypedArray(value)) {
      throw new TypeError(`Cannot patch column ${name}: a slice takes an array of values, got ${typeof value}`);
    }
    if (value.length !== count) {
      throw new RangeError(
        `Cannot patch column ${name}: the slice selects ${count} elements, but there are ${value.length} values`,
      );
    }
    needsWider(column, value, { where: `column ${name}`, mayBeList: true });
    charge("steps", count);
  } else {
    throw new TypeError(`Cannot patch column ${name}: ${describeValue(index)} is not an index`);
  }
}

function isSlice(index: unknown): index is SliceIndex {
  return index instanceof Slice || isRecord(index);
}

function checkRow(name: string, index: unknown, length: number): asserts index is number {
  if (!Number.isInteger(index) || (index as number) < 0 || (index as number) >= length) {
    const text = typeof index === "number" ? index : describeValue(index);
    throw new RangeError(`Cannot patch column ${name}: index ${text} is outside its ${length} rows`);
  }
}

function checkSlice(name: string, { start, stop, step }: SliceIndex, length: number): void {
  const bad = (what: string) => new RangeError(`Cannot patch column ${name}: ${what}`);
  for (const [part, value] of Object.entries({ start, stop, step })) {
    if (value !== null && value !== undefined && (!Number.isInteger(value) || value < 0)) {
      throw bad(`${part} of a slice must be a non-negative integer, got ${describeValue(value)}`);
    }
  }
  if (step === 0) throw bad("step of a slice must not be 0");
  if ((stop ?? 0) > length) throw bad(`a slice to ${stop} ends outside its ${length} rows`);
  if ((start ?? 0) > (stop ?? length)) throw bad(`a slice from ${start} to ${stop ?? length} ends before it starts`);
}

interface Grid {
  readonly data: Elements;
  readonly shape: readonly number[];
}

/** Returns the n-dimensional array in a row of a column. */
function gridAt(name: string, column: Column, row: number): Grid {
  const item: unknown = column[row];
  if (isTypedArray(item)) return { data: item, shape: (item as { shape?: number[] }).shape ?? [item.length] };
  throw new TypeError(`Cannot patch inside row ${row} of column ${name}: it is not an array of numbers`);
}

/**
 * Returns the flat indices of the elements of a grid that sub-indices select, in row-major order.
 *
 * @param name Name of the column, for errors.
 * @param grid The grid.
 * @param subindices An index or slice for each dimension.
 * @param count Number of values of the patch.
 * @throws {RangeError} If the sub-indices do not exist or select another number of elements.
 * Checked before any index is listed: a grid with a dimension of length 0 has no elements, however
 * long its other dimensions are.
 */
function selectedElements(
  name: string,
  grid: Grid,
  subindices: readonly (number | SliceIndex)[],
  count: number,
): number[] {
  if (subindices.length !== grid.shape.length) {
    throw new RangeError(
      `Cannot patch inside column ${name}: ${subindices.length} sub-indices for an array of ${grid.shape.length} dimensions`,
    );
  }
  const selected = subindices.map((sub, dimension) => selectedIndices(name, sub, grid.shape[dimension]!));
  const selectedCount = selected.some((indices) => indices.count === 0)
    ? 0
    : selected.reduce((product, indices) => product * indices.count, 1);
  if (selectedCount !== count) {
    throw new RangeError(`Cannot patch column ${name}: ${selectedCount} elements, but there are ${count} values`);
  }
  if (count === 0) return [];
  charge("steps", count * selected.length);
  let elements = [0];
  selected.forEach(({ start, count, step }, dimension) => {
    const length = grid.shape[dimension]!;
    const chosen = Array.from({ length: count }, (_, i) => start + i * step);
    elements = elements.flatMap((element) => chosen.map((i) => element * length + i));
  });
  return elements;
}

/** Returns the indices that a sub-index selects in a dimension of a length. */
function selectedIndices(name: string, sub: number | SliceIndex, length: number): ReturnType<typeof sliceIndices> {
  if (typeof sub === "number") {
    checkRow(name, sub, length);
    return { start: sub, count: 1, step: 1 };
  }
  if (!isSlice(sub)) {
    throw new TypeError(`Cannot patch inside column ${name}: ${describeValue(sub)} is not an index`);
  }
  checkSlice(name, sub, length);
  return sliceIndices(sub, length);
}

function checkInner(name: string, column: Column, index: readonly (number | SliceIndex)[], value: unknown): void {
  if (index.length < 2) throw new RangeError(`Cannot patch column ${name}: a multi-index has at least two parts`);
  const [row, ...rest] = index;
  checkRow(name, row, rowCount(column));
  const values = flatten(value);
  selectedElements(name, gridAt(name, column, row), rest, values.length);
  needsWider(column[row] as TypedArray, values, rowOptions(name, row));
}

function rowOptions(name: string, row: number): { where: string; mayBeList: false } {
  return { where: `row ${row} of column ${name}`, mayBeList: false };
}

/** Returns the values of a patch inside a row, in row-major order. */
export function flatten(value: unknown): ArrayLike<unknown> {
  if (isTypedArray(value)) return value;
  return Array.isArray(value) ? value.flat(Infinity) : [value];
}

/**
 * Yields the values of rows that patches replace, each once. Elements inside of rows are not
 * included.
 */
export function* replacedValues(columns: ColumnData, patches: Patches): Iterable<unknown> {
  for (const [name, list] of Object.entries(patches)) {
    const column = columns[name]!;
    if (isTypedArray(column)) continue;
    const rows = new Set<number>();
    for (const [index] of list) {
      if (typeof index === "number") rows.add(index);
      else if (!Array.isArray(index)) {
        const { start, count, step } = sliceIndices(index as SliceIndex, column.length);
        for (let i = 0; i < count; i++) rows.add(start + i * step);
      }
    }
    for (const row of rows) yield column[row];
  }
}

/**
 * Applies patches that {@linkcode checkPatches} has accepted. An array whose type cannot represent
 * a value exactly is replaced by a wider one.
 *
 * @param columns The columns. Their arrays are replaced or changed in place.
 * @param patches The patches, by column.
 * @param own Returns an array that may be changed in place: the array itself, or a copy that
 * replaces it. By default, arrays of authors are copied.
 * @returns Names of the columns in which an array was replaced by a wider one.
 */
export function applyPatches(
  columns: ColumnData,
  patches: Patches,
  own: <T extends Column>(array: T) => T = ownArray,
): ReadonlySet<string> {
  const widened = new Set<string>();
  for (const [name, list] of Object.entries(patches)) {
    let wide = columns[name]!;
    for (const [index, value] of list) {
      if (!Array.isArray(index)) {
        const values = typeof index === "number" ? [value] : value as ArrayLike<unknown>;
        wide = widenColumn(wide, values, { where: `column ${name}`, mayBeList: true });
      }
    }
    if (wide !== columns[name]) widened.add(name);
    const column = columns[name] = own(wide);
    for (const [index, value] of list) {
      if (applyPatch(name, column, [index, value], own)) widened.add(name);
    }
  }
  return widened;
}

/** Applies one patch. Returns whether the array in a row was replaced by a wider one. */
function applyPatch(
  name: string,
  column: Column,
  [index, value]: readonly [PatchIndex, unknown],
  own: <T extends Column>(array: T) => T,
): boolean {
  const elements: Elements = column;
  if (typeof index === "number") {
    elements[index] = value;
  } else if (Array.isArray(index)) {
    const [row, ...rest] = index as [number, ...(number | SliceIndex)[]];
    const values = flatten(value);
    const wide = widenColumn(column[row] as TypedArray, values, rowOptions(name, row));
    const isWidened = wide !== column[row];
    elements[row] = own(wide);
    const grid = gridAt(name, column, row);
    selectedElements(name, grid, rest, values.length).forEach((element, i) => grid.data[element] = values[i]);
    return isWidened;
  } else {
    const { start, count, step } = sliceIndices(index as SliceIndex, rowCount(column));
    for (let i = 0; i < count; i++) elements[start + i * step] = (value as ArrayLike<unknown>)[i];
  }
  return false;
}
