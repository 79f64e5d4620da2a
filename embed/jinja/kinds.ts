/**
 * Kinds of values.
 *
 * @module
 */

import { Float, Markup, Tuple, Undefined } from "./types.ts";

/** Returns a float: a plain number if it has a fraction. */
export function float(value: number): unknown {
  return Number.isInteger(value) ? new Float(value) : value;
}

/** Whether a value is a number of Python's. */
export function isNumber(value: unknown): value is number | Float | boolean {
  return typeof value === "number" || value instanceof Float || typeof value === "boolean";
}

/** Whether a number is a float. */
export function isFloat(value: unknown): boolean {
  return value instanceof Float || typeof value === "number" && !Number.isInteger(value);
}

/** Whether a value is a text. */
export function isText(value: unknown): value is string | Markup {
  return typeof value === "string" || value instanceof Markup;
}

/** Whether a value is a dict: a map, or an object without a class. */
export function isDict(value: unknown): value is Map<unknown, unknown> | Record<string, unknown> {
  if (value instanceof Map) return true;
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Whether a value does not exist. */
export function isUndefined(value: unknown): value is Undefined | undefined {
  return value === undefined || value instanceof Undefined;
}

/** Returns the pairs of a dict, in their order. */
export function entriesOf(dict: Map<unknown, unknown> | Record<string, unknown>): [unknown, unknown][] {
  return dict instanceof Map ? [...dict] : Object.entries(dict);
}

/** Returns the value of a key of a dict; undefined if it has none. */
export function itemOf(dict: Map<unknown, unknown> | Record<string, unknown>, key: unknown): unknown {
  const plain = key instanceof Markup ? key.text : key instanceof Float ? key.value : key;
  if (dict instanceof Map) return dict.get(plain);
  return Object.hasOwn(dict, plain as string) ? dict[plain as string] : undefined;
}

/** Returns the name of a value's type, for error texts. */
export function typeName(value: unknown): string {
  if (value === null) return "None";
  if (isUndefined(value)) return "an undefined value";
  if (isText(value)) return "str";
  if (typeof value === "boolean") return "bool";
  if (isNumber(value)) return isFloat(value) ? "float" : "int";
  if (value instanceof Tuple) return "tuple";
  if (Array.isArray(value)) return "list";
  return isDict(value) ? "dict" : typeof value;
}
