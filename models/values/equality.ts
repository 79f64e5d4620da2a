/**
 * Equality of values: decides whether setting an attribute changes it.
 *
 * @module
 */

import { charge } from "../../protocol/work_budget.ts";
import { isTypedArray, type TypedArray } from "../columns/columns.ts";
import { dtypeOf, explicitShape } from "../wire/ndarray.ts";
import { Expr, Field, MAX_DEPTH, Slice, Value } from "./values.ts";

/** Number of items of typed arrays that count as one step of work. */
const ITEMS_PER_STEP = 4;

/**
 * Returns whether two values are equal, so that replacing one by the other is no change.
 *
 * Lists, typed arrays, maps, sets, plain objects, dates and buffers are compared by their contents.
 * Other objects, such as models, are compared by identity. NaN equals NaN, and 0 equals -0. Arrays
 * of different types are never equal. Takes time linear in the size of the values.
 */
export function matches(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "object" && typeof b === "object") return a !== null && b !== null && objectsMatch(a, b, 0);
  return a !== a && b !== b;
}

function nestedMatch(a: unknown, b: unknown, depth: number): boolean {
  if (a === b) return true;
  if (typeof a === "object" && typeof b === "object") return a !== null && b !== null && objectsMatch(a, b, depth + 1);
  return a !== a && b !== b;
}

function objectsMatch(a: object, b: object, depth: number): boolean {
  if (depth > MAX_DEPTH) return false; // The values may contain themselves.
  if (Array.isArray(a)) return Array.isArray(b) && listsMatch(a, b, depth);
  if (isTypedArray(a)) return isTypedArray(b) && typedArraysMatch(a, b);
  const cls = classOf(a);
  if (cls !== classOf(b)) return false;
  switch (cls) {
    case Object:
    case Slice:
    case Value:
    case Field:
    case Expr:
      return recordsMatch(a as Record<string, unknown>, b as Record<string, unknown>, depth);
    case Map:
      return mapsMatch(a as Map<unknown, unknown>, b as Map<unknown, unknown>, depth);
    case Set:
      return setsMatch(a as Set<unknown>, b as Set<unknown>, depth);
    case Date:
      return matches((a as Date).getTime(), (b as Date).getTime());
    case ArrayBuffer:
      return itemsMatch(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
    default:
      return isTemporal(a) && isTemporal(b) && String(a) === String(b);
  }
}

/** Returns the class of an object, `Object` for objects without a prototype. */
function classOf(value: object): unknown {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype ? Object : prototype.constructor;
}

function isTemporal(value: object): boolean {
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return typeof tag === "string" && tag.startsWith("Temporal.");
}

function listsMatch(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
  if (a.length !== b.length || !shapesMatch(a, b)) return false;
  let i = 0;
  while (i < a.length && nestedMatch(a[i], b[i], depth)) i++;
  charge("steps", i);
  return i === a.length;
}

function typedArraysMatch(a: TypedArray, b: TypedArray): boolean {
  return a[Symbol.toStringTag] === b[Symbol.toStringTag] && dtypeOf(a) === dtypeOf(b) && shapesMatch(a, b) &&
    itemsMatch(a, b);
}

function itemsMatch(a: TypedArray, b: TypedArray): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  for (; i < a.length; i++) {
    const x = a[i], y = b[i];
    if (x !== y && (x === x || y === y)) break;
  }
  charge("steps", i / ITEMS_PER_STEP);
  return i === a.length;
}

function shapesMatch(a: TypedArray | readonly unknown[], b: TypedArray | readonly unknown[]): boolean {
  const shape = explicitShape(a), other = explicitShape(b);
  if (shape === undefined && other === undefined) return true;
  const left = shape ?? [a.length], right = other ?? [b.length];
  return left.length === right.length && left.every((length, i) => length === right[i]);
}

function recordsMatch(a: Record<string, unknown>, b: Record<string, unknown>, depth: number): boolean {
  const keys = Object.keys(a);
  charge("steps", keys.length);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !nestedMatch(a[key], b[key], depth)) return false;
  }
  return true;
}

function mapsMatch(a: Map<unknown, unknown>, b: Map<unknown, unknown>, depth: number): boolean {
  charge("steps", a.size);
  if (a.size !== b.size) return false;
  if (!hasAll(b, a.keys())) return listsMatch([...a], [...b], depth);
  for (const [key, value] of a) {
    if (!nestedMatch(value, b.get(key), depth)) return false;
  }
  return true;
}

function setsMatch(a: Set<unknown>, b: Set<unknown>, depth: number): boolean {
  charge("steps", a.size);
  return a.size === b.size && (hasAll(b, a) || listsMatch([...a], [...b], depth));
}

/**
 * Returns whether a map or set contains all keys by identity. If not, because keys are containers,
 * the callers compare entries in their order.
 */
function hasAll(container: Map<unknown, unknown> | Set<unknown>, keys: Iterable<unknown>): boolean {
  for (const key of keys) {
    if (!container.has(key)) return false;
  }
  return true;
}
