/**
 * Texts of values for error messages.
 *
 * @module
 */

import { isTypedArray } from "../columns/columns.ts";

/**
 * Returns a short text of a value and its type for an error message, for example `"abc" (string)`
 * or `an array of 5000 items`.
 */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") {
    return `${JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value)} (string)`;
  }
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `${String(value)} (${typeof value})`;
  if (isTypedArray(value)) return `a ${value[Symbol.toStringTag]} of ${value.length} items`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (Array.isArray(value)) {
    const text = safeJson(value);
    return text !== undefined && text.length <= 60 ? `${text} (array)` : `an array of ${value.length} items`;
  }
  const name = (value as { type?: unknown }).type ?? value.constructor?.name;
  return typeof name === "string" && name !== "Object" ? `a ${name}` : "an object";
}

function safeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined; // It contains a cycle, a bigint or a model.
    throw error;
  }
}
