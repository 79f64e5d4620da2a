/**
 * Texts of values for error messages.
 *
 * @module
 */

import { isTypedArray } from "../columns/columns.ts";

/** Maximum length of the JSON of a value, in characters. */
const MAX_LENGTH = 60;

/**
 * Returns a short text of a value and its type for an error message, for example `"abc" (string)`
 * or `an array of 5000 items`.
 */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") {
    return `${JSON.stringify(value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH - 3)}…` : value)} (string)`;
  }
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `${String(value)} (${typeof value})`;
  if (isTypedArray(value)) return `a ${value[Symbol.toStringTag]} of ${value.length} items`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (Array.isArray(value)) {
    const text = shortJson(value);
    return text !== undefined ? `${text} (array)` : `an array of ${value.length} items`;
  }
  const name = (value as { type?: unknown }).type ?? value.constructor?.name;
  return typeof name === "string" && name !== "Object" ? `a ${name}` : "an object";
}

/**
 * Returns the JSON of a list, or undefined if it is too long or cannot be written. Stops early: a
 * client may have sent an array of millions of items.
 */
function shortJson(list: readonly unknown[]): string | undefined {
  let count = 0;
  const limit = (_key: string, item: unknown) => {
    // Each item takes at least two characters with its separator.
    if (++count > MAX_LENGTH / 2 || ArrayBuffer.isView(item) || typeof item === "string" && item.length > MAX_LENGTH) {
      throw new TypeError("Cannot write a short text: the value is too long");
    }
    return item;
  };
  try {
    const text = JSON.stringify(list, limit);
    return text.length <= MAX_LENGTH ? text : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined; // It is long, or contains a cycle, a bigint or a model.
    throw error;
  }
}
