/**
 * Determines whether BokehJS computes the same columns from streamed rows and patches as this
 * package. BokehJS keeps the type of a typed array and truncates values that do not fit, does not
 * shorten typed arrays, and keeps all rows of lists for a rollover of 0 (`core/patching.ts` of
 * BokehJS). If the results would differ, the whole columns are sent instead.
 *
 * @module
 */

import {
  type Column,
  type ColumnData,
  isTypedArray,
  type Patches,
  type PatchIndex,
  type TypedArray,
} from "./columns.ts";
import { dtypeOf, explicitShape } from "../wire/ndarray.ts";

/** Maximum number of dimensions of an array in a row that BokehJS can patch. */
const MAX_INNER_DIMENSIONS = 2;

/**
 * Returns whether BokehJS computes the same columns from a stream.
 *
 * @param before The columns before the stream. Lists may already contain the new rows.
 * @param data The new rows, by column.
 * @param rollover Maximum number of rows, null for no maximum.
 * @param after The columns after the stream.
 */
export function streamsAsBokehjs(
  before: ColumnData,
  data: ColumnData,
  rollover: number | null,
  after: ColumnData,
): boolean {
  for (const name of Object.keys(data)) {
    const column = before[name] ?? [];
    if (!appendsAsBokehjs(column, data[name]!, rollover, after[name]!)) return false;
  }
  return true;
}

function appendsAsBokehjs(column: Column, rows: Column, rollover: number | null, after: Column): boolean {
  if (isPlainList(column) && isPlainList(rows)) return rollover !== 0;
  if (!isPlain(column) || !isPlain(rows) || !isTypedArray(after)) return false;
  const kept = isTypedArray(column) ? column : rows as TypedArray;
  if (after.constructor !== kept.constructor) return false;
  const isCut = rollover !== null && column.length + rows.length > rollover;
  return !isCut || isTypedArray(column) && column.length <= rollover;
}

/**
 * Returns whether BokehJS computes the same columns from patches that have not widened any column.
 *
 * @param columns The columns before the patches.
 * @param patches The patches.
 */
export function patchesAsBokehjs(columns: ColumnData, patches: Patches): boolean {
  for (const [name, list] of Object.entries(patches)) {
    if (!isPlain(columns[name]!)) return false;
    for (const [index] of list) if (!isIndexOfBokehjs(index)) return false;
  }
  return true;
}

function isIndexOfBokehjs(index: PatchIndex): boolean {
  return !Array.isArray(index) || index.length <= 1 + MAX_INNER_DIMENSIONS;
}

/**
 * Returns whether BokehJS stores a column as a plain array. It stores a list with a shape as an
 * n-dimensional array.
 */
function isPlainList(column: Column): boolean {
  return !isTypedArray(column) && explicitShape(column as readonly unknown[]) === undefined;
}

/**
 * Returns whether BokehJS stores a column as a one-dimensional array of the same item type. It has
 * no 64-bit integers.
 */
function isPlain(column: Column): boolean {
  const shape = explicitShape(column);
  if (shape !== undefined && shape.length !== 1) return false;
  if (!isTypedArray(column)) return shape === undefined;
  const dtype = dtypeOf(column);
  return dtype !== undefined && dtype !== "bool";
}
