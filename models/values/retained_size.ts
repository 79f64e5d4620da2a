/**
 * Estimates the memory that values use.
 *
 * @module
 */

import { charge } from "../../protocol/work_budget.ts";
import { memoryOf } from "../columns/column_growth.ts";
import { type Column, isTypedArray } from "../columns/columns.ts";
import { isModel, type ModelLike } from "../base/model_like.ts";
import { slotsOf } from "../base/slots.ts";
import { MAX_DEPTH } from "./values.ts";

// Sizes in V8 on 64-bit machines, rounded up, because an estimate must not be too low. A number in
// a list may be an object.
const LIST_BYTES = 32, ITEM_BYTES = 8, NUMBER_BYTES = 16;
const TEXT_BYTES = 24, CHARACTER_BYTES = 2;
const OBJECT_BYTES = 64, FIELD_BYTES = 48;
const COLLECTION_BYTES = 128, ENTRY_BYTES = 64;
const ARRAY_BYTES = 256;
const MODEL_BYTES = 512;

/**
 * Returns an upper estimate of the memory of a value, in bytes.
 *
 * Models in the value are not included. A part that occurs twice counts twice. Takes time linear in
 * the number of parts.
 *
 * @param value A value of an attribute.
 */
export function retainedSize(value: unknown): number {
  return sizeOf(value, 0);
}

/**
 * Returns an upper estimate of the memory of a model and the values that it stores, without other
 * models, in bytes.
 */
export function ownSize(model: ModelLike): number {
  let bytes = MODEL_BYTES + (model.hasId ? TEXT_BYTES + CHARACTER_BYTES * model.id.length : 0);
  const slots = slotsOf(model);
  for (const slot of Object.keys(model)) bytes += FIELD_BYTES + sizeOf(slots[slot], 0);
  return bytes;
}

/**
 * Returns the memory of a column with its spare capacity, without objects among its items, in
 * bytes.
 */
export function columnSize(column: Column): number {
  return isTypedArray(column) ? ARRAY_BYTES + memoryOf(column) : LIST_BYTES + column.length * ITEM_BYTES;
}

/** Returns the memory of a list of `count` numbers, in bytes. */
export function numbersSize(count: number): number {
  return LIST_BYTES + count * (ITEM_BYTES + NUMBER_BYTES);
}

/**
 * Returns an upper estimate of the memory of the rows of a column from `start` up to, but not
 * including, `end`, in bytes.
 */
export function rowsSize(column: Column, start: number, end: number): number {
  if (isTypedArray(column)) return Math.max(0, end - start) * column.BYTES_PER_ELEMENT;
  charge("steps", Math.max(0, end - start));
  let bytes = 0;
  for (let i = start; i < end; i++) bytes += ITEM_BYTES + sizeOf(column[i], 0);
  return bytes;
}

function sizeOf(value: unknown, depth: number): number {
  switch (typeof value) {
    case "string":
      return TEXT_BYTES + CHARACTER_BYTES * value.length;
    case "number":
      return NUMBER_BYTES;
    case "object":
      return value === null || depth > MAX_DEPTH ? 0 : sizeOfObject(value, depth + 1);
    default:
      return 0;
  }
}

function sizeOfObject(value: object, depth: number): number {
  if (Array.isArray(value)) return sizeOfList(value, depth);
  if (isModel(value)) return 0;
  if (isTypedArray(value)) return columnSize(value);
  if (value instanceof ArrayBuffer) return ARRAY_BYTES + value.byteLength;
  if (value instanceof Map) return sizeOfMap(value, depth);
  if (value instanceof Set) return sizeOfSet(value, depth);
  let bytes = OBJECT_BYTES;
  const keys = Object.keys(value);
  charge("steps", keys.length);
  for (const key of keys) bytes += FIELD_BYTES + CHARACTER_BYTES * key.length + sizeOf(Reflect.get(value, key), depth);
  return bytes;
}

function sizeOfList(list: readonly unknown[], depth: number): number {
  charge("steps", list.length);
  let bytes = LIST_BYTES + list.length * ITEM_BYTES;
  for (const item of list) bytes += typeof item === "number" ? NUMBER_BYTES : sizeOf(item, depth);
  return bytes;
}

function sizeOfMap(map: ReadonlyMap<unknown, unknown>, depth: number): number {
  charge("steps", map.size);
  let bytes = COLLECTION_BYTES + map.size * ENTRY_BYTES;
  for (const [key, item] of map) bytes += sizeOf(key, depth) + sizeOf(item, depth);
  return bytes;
}

function sizeOfSet(set: ReadonlySet<unknown>, depth: number): number {
  charge("steps", set.size);
  let bytes = COLLECTION_BYTES + set.size * ENTRY_BYTES;
  for (const item of set) bytes += sizeOf(item, depth);
  return bytes;
}
