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
import type { Moment } from "../models/values/spec_types.ts";

/** One category: its name, or its names from the outermost level to the innermost. */
export type Factor = string | readonly [string, string] | readonly [string, string, string];

/** An end of a range: a number, or a moment. Null leaves it as it is by default. */
export type RangeEnd = number | Moment | null;

/** What stands for a range: the range, its two ends, its categories, or null for one that follows the data. */
export type RangeLike = Range | readonly [RangeEnd, RangeEnd] | readonly Factor[] | null;

/** What an axis shows, or null for no axis. */
export type AxisType = "auto" | "linear" | "log" | "datetime" | "timedelta" | "mercator" | null;

/**
 * The range that is meant.
 *
 * @throws {TypeError} if it is neither a range, two ends nor categories.
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
  throw new TypeError(`Cannot make a range of ${describe(input)}: expected a range, two ends or categories`);
}

/** Whether what stands for a range says its ends as moments. */
export function isTemporal(input: RangeLike): boolean {
  return Array.isArray(input) && input.some(isMoment);
}

/**
 * The scale that fits a range and an axis.
 *
 * @throws {TypeError} if none does.
 */
export function toScale(range: Range, axisType: AxisType): Scale {
  if (range instanceof FactorRange) return new CategoricalScale();
  if (range instanceof DataRange1d || range instanceof Range1d) {
    return axisType === "log" ? new LogScale() : new LinearScale();
  }
  throw new TypeError(`Cannot choose a scale: there is none for ranges such as ${range}`);
}

/** Categories in a list of their own, as the models take them. */
export function copyFactors(factors: readonly Factor[]): FactorRangeProps["factors"] {
  // all have the same number of levels, which the kind checks
  return factors.map((factor) => typeof factor === "string" ? factor : [...factor]) as FactorRangeProps["factors"];
}

function isFactor(value: unknown): value is Factor {
  if (typeof value === "string") return true;
  return Array.isArray(value) && value.length > 1 && value.every((level) => typeof level === "string");
}

function isRangeEnd(value: unknown): value is RangeEnd {
  return value === null || typeof value === "number" || isMoment(value);
}

const MOMENTS = ["Instant", "ZonedDateTime", "PlainDateTime", "PlainDate"].map((name) => `Temporal.${name}`);

function isMoment(value: unknown): value is Moment {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Date || MOMENTS.includes(Reflect.get(value, Symbol.toStringTag));
}

function describe(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
