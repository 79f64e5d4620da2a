/**
 * Whether BokehJS makes the same columns of streamed rows and patches as a data source does here. It keeps the type of a typed
 * array and cuts what does not fit, does not shorten typed arrays, and keeps all rows of lists for a rollover of 0
 * (`core/patching.ts` of BokehJS).
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

/** Most dimensions inside of a row whose items BokehJS patches. */
const MAX_INNER_DIMENSIONS = 2;

/**
 * Returns whether BokehJS gets the same columns as a stream has made here.
 *
 * @param before The columns before. Lists may have the new rows already.
 * @param data The new rows.
 * @param rollover How many rows are kept at most, null for all.
 * @param after The columns that were made.
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
 * Returns whether BokehJS gets the same columns as patches have made here, if they have widened none.
 *
 * @param columns The columns before.
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

/** A list that BokehJS has as an array: one with a shape is an array of several dimensions there. */
function isPlainList(column: Column): boolean {
  return !isTypedArray(column) && explicitShape(column as readonly unknown[]) === undefined;
}

/** Whether BokehJS has a column of one dimension with items of the same type. It has no integers of 64 bits. */
function isPlain(column: Column): boolean {
  const shape = explicitShape(column);
  if (shape !== undefined && shape.length !== 1) return false;
  if (!isTypedArray(column)) return shape === undefined;
  const dtype = dtypeOf(column);
  return dtype !== undefined && dtype !== "bool";
}
