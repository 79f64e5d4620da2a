/**
 * Creates the ranges and scales of figures from options.
 *
 * @module
 */

import {
  CategoricalScale,
  DataRange1d,
  FactorRange,
  type FactorRangeProps,
  LinearScale,
  LogScale,
  Range,
  Range1d,
  type Scale,
} from "../models/gen/classes.ts";
import type { DateTimeLike } from "../models/values/spec_types.ts";

/** A category: a name, or a tuple of names from the outermost level to the innermost. */
export type Factor = string | readonly [string, string] | readonly [string, string, string];

/** Bound of a range: a number, a date or a time. Null keeps the default. */
export type RangeEnd = number | DateTimeLike | null;

/**
 * Option for a range: a range model, two bounds, a list of categories, or null for a range that
 * follows the data.
 */
export type RangeLike = Range | readonly [RangeEnd, RangeEnd] | readonly Factor[] | null;

/** Type of an axis; null for no axis. */
export type AxisType = "auto" | "linear" | "log" | "datetime" | "timedelta" | "mercator" | null;

/**
 * Creates the range that an option stands for.
 *
 * @throws {TypeError} If it is neither a range, nor two bounds, nor a list of categories.
 */
export function toRange(input: RangeLike | undefined): Range {
  if (input === null || input === undefined) return new DataRange1d();
  if (input instanceof Range) return input;
  if (Array.isArray(input)) {
    if (input.every(isFactor)) return new FactorRange({ factors: copyFactors(input) });
    if (input.length === 2 && input.every(isRangeEnd)) {
      const [start, end] = input;
      const range = new Range1d();
      if (start !== null) range.set("start", start);
      if (end !== null) range.set("end", end);
      return range;
    }
  }
  throw new TypeError(`Cannot create a range from ${describe(input)}: expected a range, two bounds or categories`);
}

/** Returns whether the bounds of a range are dates or times. */
export function isTemporal(input: RangeLike): boolean {
  return Array.isArray(input) && input.some(isDateTime);
}

/**
 * Creates the scale for a range and an axis.
 *
 * @throws {TypeError} If there is no scale for the class of the range.
 */
export function toScale(range: Range, axisType: AxisType): Scale {
  if (range instanceof FactorRange) return new CategoricalScale();
  if (range instanceof DataRange1d || range instanceof Range1d) {
    return axisType === "log" ? new LogScale() : new LinearScale();
  }
  throw new TypeError(`Cannot choose a scale: there is none for a range of class ${range.type}`);
}

/** Copies categories into mutable arrays, which the models require. */
export function copyFactors(factors: readonly Factor[]): FactorRangeProps["factors"] {
  // The property type checks that all categories have the same number of levels.
  return factors.map((factor) => typeof factor === "string" ? factor : [...factor]) as FactorRangeProps["factors"];
}

function isFactor(value: unknown): value is Factor {
  if (typeof value === "string") return true;
  return Array.isArray(value) && value.length > 1 && value.every((level) => typeof level === "string");
}

function isRangeEnd(value: unknown): value is RangeEnd {
  return value === null || typeof value === "number" || isDateTime(value);
}

const TEMPORAL_TYPES = ["Instant", "ZonedDateTime", "PlainDateTime", "PlainDate"].map((name) => `Temporal.${name}`);

function isDateTime(value: unknown): value is DateTimeLike {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Date || TEMPORAL_TYPES.includes(Reflect.get(value, Symbol.toStringTag));
}

function describe(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
