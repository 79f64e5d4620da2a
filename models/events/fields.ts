/**
 * Kinds of fields that events have.
 *
 * @module
 */

import type { EventField } from "./event.ts";

/** A number that may be missing. */
export const number: EventField = {
  expected: "a number or null",
  optional: true,
  fits: (value) => typeof value === "number",
};

/** A text. */
export const text: EventField = {
  expected: "a text",
  optional: false,
  fits: (value) => typeof value === "string",
};

/** A text that may be missing. */
export const optionalText: EventField = { ...text, expected: "a text or null", optional: true };

/** A text, or a list of texts. */
export const textOrTexts: EventField = {
  expected: "a text or a list of texts",
  optional: false,
  fits: (value) => typeof value === "string" || isListOfTexts(value),
};

/** A place on an axis: a number, or a factor of up to three levels. */
export const place: EventField = {
  expected: "a number, a factor or null",
  optional: true,
  fits: (value) => typeof value === "number" || typeof value === "string" || isListOfTexts(value),
};

/** True or false, true where it is missing. */
export const flag: EventField = {
  expected: "true or false",
  optional: true,
  otherwise: true,
  fits: (value) => typeof value === "boolean",
};

/** True or false, false if it is missing. */
export const flagOrFalse: EventField = { ...flag, otherwise: false };

/** An object that may be missing. */
export const record: EventField = {
  expected: "an object or null",
  optional: true,
  fits: (value) => typeof value === "object" && !Array.isArray(value),
};

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
