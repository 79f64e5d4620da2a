/**
 * Python's types of JavaScript values, and access to dicts.
 *
 * @module
 */

import { isFloat, isNumber } from "./numbers.ts";
import { Float, Markup, Tuple, Undefined } from "./types.ts";

/** Returns whether a value is a text: a string or markup. */
export function isText(value: unknown): value is string | Markup {
  return typeof value === "string" || value instanceof Markup;
}

/** Returns whether a value is a dict: a map, or an object without a class. */
export function isDict(value: unknown): value is Map<unknown, unknown> | Record<string, unknown> {
  if (value instanceof Map) return true;
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Returns whether a value is undefined. */
export function isUndefined(value: unknown): value is Undefined | undefined {
  return value === undefined || value instanceof Undefined;
}

/** Returns the key-value pairs of a dict, in insertion order. */
export function entriesOf(dict: Map<unknown, unknown> | Record<string, unknown>): [unknown, unknown][] {
  return dict instanceof Map ? [...dict] : Object.entries(dict);
}

/** Returns the value of a key of a dict; undefined if the dict lacks the key. */
export function itemOf(dict: Map<unknown, unknown> | Record<string, unknown>, key: unknown): unknown {
  if (dict instanceof Map) return dict.get(keyOf(dict, key));
  const plain = plainKey(key);
  return Object.hasOwn(dict, plain as string) ? dict[plain as string] : undefined;
}

function plainKey(key: unknown): unknown {
  return key instanceof Markup ? key.text : key instanceof Float ? key.value : key;
}

/**
 * Returns the key of a map that equals `key` in Python, for which 1, 1.0 and True are one key; else
 * `key` itself.
 */
export function keyOf(map: Map<unknown, unknown>, key: unknown): unknown {
  const plain = plainKey(key);
  if (map.has(plain)) return plain;
  const twin = typeof plain === "boolean" ? Number(plain) : plain === 0 || plain === 1 ? plain === 1 : plain;
  return map.has(twin) ? twin : plain;
}

/** Returns the name of a value's Python type, for error messages. */
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
