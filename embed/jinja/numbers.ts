/**
 * Python's numbers: integers of any size, and floats.
 *
 * @module
 */

import { Float } from "./types.ts";

/** A Python number. Integers of 2^53 and more are bigints. */
export type PythonNumber = number | bigint | Float | boolean;

/** Returns a Python float: a number, or a `Float` if the number would count as an integer. */
export function float(value: number): unknown {
  return Number.isSafeInteger(value) ? new Float(value) : value;
}

/** Returns a Python integer: a number if it is exact, else a bigint. */
export function integer(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Returns whether a value is a Python number. Booleans are numbers in Python. */
export function isNumber(value: unknown): value is PythonNumber {
  return ["number", "bigint", "boolean"].includes(typeof value) || value instanceof Float;
}

/** Returns whether a value is a Python float: a `Float`, or a number that is not a safe integer. */
export function isFloat(value: unknown): boolean {
  return value instanceof Float || typeof value === "number" && !Number.isSafeInteger(value);
}

/** Returns whether a value is a Python integer. Booleans are integers in Python. */
export function isInteger(value: unknown): value is number | bigint | boolean {
  return isNumber(value) && !isFloat(value);
}
