/**
 * Types of the fields of events.
 *
 * @module
 */

import type { EventField } from "./event.ts";

/** An optional number. */
export const number: EventField = {
  expected: "a number or null",
  optional: true,
  fits: (value) => typeof value === "number",
};

/** A string. */
export const text: EventField = {
  expected: "a string",
  optional: false,
  fits: (value) => typeof value === "string",
};

/** An optional string. */
export const optionalString: EventField = { ...text, expected: "a string or null", optional: true };

/** A string or an array of strings. */
export const stringOrStrings: EventField = {
  expected: "a string or a list of strings",
  optional: false,
  fits: (value) => typeof value === "string" || isListOfStrings(value),
};

/** An optional position on an axis: a number, or a factor of up to three levels. */
export const place: EventField = {
  expected: "a number, a factor or null",
  optional: true,
  fits: (value) => typeof value === "number" || typeof value === "string" || isListOfStrings(value),
};

/** An optional boolean, true by default. */
export const flag: EventField = {
  expected: "a boolean",
  optional: true,
  defaultValue: true,
  fits: (value) => typeof value === "boolean",
};

/** An optional boolean, false by default. */
export const optionalFlag: EventField = { ...flag, defaultValue: false };

/** An optional object. */
export const record: EventField = {
  expected: "an object or null",
  optional: true,
  fits: (value) => typeof value === "object" && !Array.isArray(value),
};

function isListOfStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
