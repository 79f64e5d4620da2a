/**
 * What a check of a document's models is.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";

/** Something that is most likely a mistake. */
export interface ValidationIssue {
  /** Bokeh's number of the check; errors and warnings are numbered apart. */
  readonly code: number;
  /** Bokeh's name of the check. */
  readonly name: string;
  /** Whether the document cannot be shown as it was meant, or is only odd. */
  readonly level: "error" | "warning";
  /** What is wrong, and what to do. */
  readonly text: string;
  /** Where. */
  readonly model: Model;
}

/** One check of the models of one class. */
export interface IntegrityCheck extends Pick<ValidationIssue, "code" | "name" | "level"> {
  /** The class; the check is for what is derived from it too. */
  readonly cls: abstract new (...args: never[]) => Model;
  /** Whether it is for models that lack a value without a default, which all other checks rely on. */
  readonly ofIncomplete: boolean;
  /** Attributes whose defaults are right: nothing is wrong with a model for which none of them is set. */
  readonly concerns: readonly string[] | undefined;
  /** What is wrong with a model of a document that has some roots, undefined where nothing is. */
  find(model: Model, roots: readonly Model[]): string | undefined;
}

/**
 * Makes a check of the models of a class. An error has a code as `E-1001`, a warning as `W-1000`.
 *
 * @param concerns Attributes of which one must be set for something to be wrong; without them all models are looked at.
 */
export function check<T extends Model>(
  cls: abstract new (...args: never[]) => T,
  code: `${"E" | "W"}-${number}`,
  name: string,
  find: (model: T, roots: readonly Model[]) => string | undefined,
  concerns?: readonly (keyof T & string)[],
): IntegrityCheck {
  const level = code.startsWith("E") ? "error" : "warning";
  return { cls, code: Number(code.slice(2)), name, level, ofIncomplete: false, find, concerns };
}

/** What a model itself or its theme says of an attribute, undefined where neither does or there is no such attribute. */
export function saidOf(model: Model, attr: string): unknown {
  return model.rawValue(attr) ?? model.membership?.host.themeFor(model.type)?.get(attr);
}

/** Makes a check of the models of a class that finds those without a value for an attribute that has no default. */
export function requiredCheck(
  cls: abstract new (...args: never[]) => Model,
  attr: string,
  code: `E-${number}`,
  name: string,
  advice: string,
): IntegrityCheck {
  const find = (model: Model) => model.rawValue(attr) === undefined ? `its ${attr} is not set: ${advice}` : undefined;
  return { ...check(cls, code, name, find), ofIncomplete: true };
}

/** A text about what is missing, undefined where nothing is. */
export function listed(items: readonly string[], tell: (list: string) => string): string | undefined {
  return items.length === 0 ? undefined : tell(items.join(", "));
}

/** The items that occur more than once, once each. */
export function repeated<T>(items: readonly T[]): T[] {
  const known = new Set(items);
  if (known.size === items.length) return [];
  return [...new Set(items.filter((item) => !known.delete(item)))];
}
