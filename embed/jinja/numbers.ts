/**
 * Numbers of Python: integers of any size, and floats that are told apart from them.
 *
 * @module
 */

import { Float } from "./types.ts";

/** A number of Python's. Integers from 2^53 on are bigints. */
export type PythonNumber = number | bigint | Float | boolean;

/** Returns a float: a plain number if it cannot be mistaken for an integer. */
export function float(value: number): unknown {
  return Number.isSafeInteger(value) ? new Float(value) : value;
}

/** Returns an integer: a plain number if that holds it exactly. */
export function integer(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Whether a value is a number of Python's. */
export function isNumber(value: unknown): value is PythonNumber {
  return ["number", "bigint", "boolean"].includes(typeof value) || value instanceof Float;
}

/** Whether a number is a float. Numbers of JavaScript that are not safe integers are floats. */
export function isFloat(value: unknown): boolean {
  return value instanceof Float || typeof value === "number" && !Number.isSafeInteger(value);
}

/** Whether a value is an integer, or a boolean, which is one in Python. */
export function isInteger(value: unknown): value is number | bigint | boolean {
  return isNumber(value) && !isFloat(value);
}
