/**
 * Jinja's tests: `value is name`.
 *
 * @module
 */

import { isDict, isText, isUndefined } from "./type_checks.ts";
import { isFloat, isInteger, isNumber } from "./numbers.ts";
import { str } from "./text.ts";
import { Callable, Markup, Undefined } from "./types.ts";
import { compare, contains, equals } from "./values.ts";

/** A test. Returns whether the value passes. */
export type Test = (value: unknown, args: readonly unknown[]) => boolean;

/** Returns whether a value can be iterated. */
export function isIterable(value: unknown): boolean {
  return isText(value) || isDict(value) || typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** The tests by name, except `filter`, which needs the list of filters. */
export const TESTS: Readonly<Record<string, Test>> = {
  "!=": (value, [other]) => !equals(value, other),
  "<": (value, [other]) => compare(value, other) < 0,
  "<=": (value, [other]) => compare(value, other) <= 0,
  "==": (value, [other]) => equals(value, other),
  ">": (value, [other]) => compare(value, other) > 0,
  ">=": (value, [other]) => compare(value, other) >= 0,
  boolean: (value) => typeof value === "boolean",
  callable: (value) => value instanceof Callable || typeof value === "function",
  defined: (value) => !isUndefined(value),
  divisibleby: (value, [by]) => Number(value) % Number(by) === 0,
  eq: (value, [other]) => equals(value, other),
  equalto: (value, [other]) => equals(value, other),
  "escaped": (value) => value instanceof Markup,
  even: (value) => Number(value) % 2 === 0,
  false: (value) => value === false,
  float: (value) => isFloat(value),
  ge: (value, [other]) => compare(value, other) >= 0,
  greaterthan: (value, [other]) => compare(value, other) > 0,
  gt: (value, [other]) => compare(value, other) > 0,
  in: (value, [container]) => contains(container, value),
  integer: (value) => isInteger(value) && typeof value !== "boolean",
  iterable: isIterable,
  le: (value, [other]) => compare(value, other) <= 0,
  lessthan: (value, [other]) => compare(value, other) < 0,
  lower: (value) => str(value) === str(value).toLowerCase() && str(value) !== str(value).toUpperCase(),
  lt: (value, [other]) => compare(value, other) < 0,
  mapping: (value) => isDict(value),
  ne: (value, [other]) => !equals(value, other),
  none: (value) => value === null,
  number: (value) => isNumber(value),
  odd: (value) => Math.abs(Number(value) % 2) === 1,
  sameas: (value, [other]) => value === other,
  sequence: (value) => isText(value) || Array.isArray(value) || isDict(value),
  string: (value) => isText(value),
  test: (value) => Object.hasOwn(TESTS, str(value)),
  true: (value) => value === true,
  undefined: (value) => value === undefined || value instanceof Undefined,
  upper: (value) => str(value) === str(value).toUpperCase() && str(value) !== str(value).toLowerCase(),
};
