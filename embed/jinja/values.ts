/**
 * Python's semantics of values: truth, equality, order, iteration, slices.
 *
 * @module
 */

import { entriesOf, isDict, isText, isUndefined, itemOf, keyOf, typeName } from "./type_checks.ts";
import { isNumber, type PythonNumber } from "./numbers.ts";
import { Float, Markup, Tuple } from "./types.ts";

/** Returns the truth value of a value, as Python's `bool()`. */
export function truth(value: unknown): boolean {
  if (isUndefined(value)) return false;
  if (value instanceof Markup) return value.text !== "";
  if (value instanceof Float) return value.value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  if (isDict(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/**
 * Returns the elements of a value. Those of a text are its characters, those of a dict its keys.
 *
 * @throws {TypeError} If the value is not iterable.
 */
export function iterate(value: unknown): unknown[] {
  if (isUndefined(value)) return [];
  if (isText(value)) return [...String(value)];
  if (value instanceof Map) return [...value.keys()];
  if (isDict(value)) return Object.keys(value);
  if (typeof value === "object" && value !== null && Symbol.iterator in value) {
    return [...value as Iterable<unknown>];
  }
  throw new TypeError(`Cannot iterate: ${typeName(value)} is not iterable`);
}

/**
 * Returns the number of elements of a value.
 *
 * @throws {TypeError} If the value is not iterable.
 */
export function lengthOf(value: unknown): number {
  if (value instanceof Map || value instanceof Set) return value.size;
  return iterate(value).length;
}

/** Returns whether two values are equal in Python. */
export function equals(a: unknown, b: unknown): boolean {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (isText(a) && isText(b)) return String(a) === String(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a instanceof Tuple !== b instanceof Tuple) return false;
    return a.length === b.length && a.every((item, index) => equals(item, b[index]));
  }
  if (isDict(a) && isDict(b)) {
    const [left, right] = [entriesOf(a), entriesOf(b)];
    return left.length === right.length && left.every(([key, value]) => equals(value, itemOf(b, key)));
  }
  if (isUndefined(a) && isUndefined(b)) return true;
  return a === b;
}

/**
 * Compares two values as Python orders them. Returns a negative number, zero or a positive number.
 *
 * @throws {TypeError} If the types of the values have no order.
 */
export function compare(a: unknown, b: unknown): number {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (isText(a) && isText(b)) return compareTexts(String(a), String(b));
  if (Array.isArray(a) && Array.isArray(b)) {
    const index = a.findIndex((item, index) => index >= b.length || !equals(item, b[index]));
    if (index < 0) return a.length - b.length;
    return index >= b.length ? 1 : compare(a[index], b[index]);
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  throw new TypeError(`Cannot compare ${typeName(a)} with ${typeName(b)}`);
}

/** Compares numbers exactly: JavaScript compares a bigint with a number without rounding. */
function compareNumbers(a: PythonNumber, b: PythonNumber): number {
  const [x, y] = [a, b].map((value) => typeof value === "bigint" ? value : Number(value)) as [number, number];
  return x < y ? -1 : x > y ? 1 : x == y ? 0 : NaN;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns whether a list contains an element, a dict a key, or a text a part. */
export function contains(container: unknown, item: unknown): boolean {
  if (isText(container)) {
    if (!isText(item)) throw new TypeError(`Cannot look for ${typeName(item)} in str`);
    return String(container).includes(String(item));
  }
  if (container instanceof Map) return container.has(keyOf(container, item));
  if (isDict(container)) return entriesOf(container).some(([key]) => equals(key, item));
  return iterate(container).some((other) => equals(other, item));
}

/** Returns the index of a bound of a slice. */
function bound(value: unknown, length: number, step: number, otherwise: number): number {
  if (value === null || isUndefined(value)) return otherwise;
  const index = Number(value) < 0 ? Number(value) + length : Number(value);
  return step > 0 ? Math.min(Math.max(index, 0), length) : Math.min(Math.max(index, -1), length - 1);
}

/** Returns a part of a list, a tuple or a text. */
export function slice(value: unknown, start: unknown, stop: unknown, by: unknown): unknown {
  const step = by === null || isUndefined(by) ? 1 : Number(by);
  if (step === 0) throw new RangeError("Cannot slice: the step is 0");
  const items = iterate(value);
  const [first, end] = step > 0 ? [0, items.length] : [items.length - 1, -1];
  const last = bound(stop, items.length, step, end);
  const taken: unknown[] = [];
  for (let i = bound(start, items.length, step, first); step > 0 ? i < last : i > last; i += step) taken.push(items[i]);
  if (isText(value)) return value instanceof Markup ? new Markup(taken.join("")) : taken.join("");
  return value instanceof Tuple ? Tuple.from(taken) : taken;
}
