/**
 * The parts of integrity checks.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";

/** A likely mistake in the models of a document, as `Document.validate` returns it. */
export interface ValidationIssue {
  /** Bokeh's number of the check. Errors and warnings are numbered separately. */
  readonly code: number;
  /** Bokeh's name of the check. */
  readonly name: string;
  /**
   * `"error"` if browsers cannot show the document as intended, `"warning"` if the result is
   * probably not intended.
   */
  readonly level: "error" | "warning";
  /** The model, the mistake and its remedy. */
  readonly text: string;
  /** The model with the mistake. */
  readonly model: Model;
}

/** One check of the models of one class. */
export interface IntegrityCheck extends Pick<ValidationIssue, "code" | "name" | "level"> {
  /** The class. The check also applies to derived classes. */
  readonly cls: abstract new (...args: never[]) => Model;
  /**
   * Whether the check applies to models in which a required attribute has no value. All other
   * checks rely on these values.
   */
  readonly ofIncomplete: boolean;
  /**
   * Attributes that the check is about. It is skipped if none of them is set. Undefined if it is
   * never skipped.
   */
  readonly concerns: readonly string[] | undefined;
  /** Returns the mistake of a model in a document with these roots, undefined if there is none. */
  find(model: Model, roots: readonly Model[]): string | undefined;
}

/**
 * Creates a check of the models of a class.
 *
 * @param cls The class.
 * @param code Bokeh's code, for example `E-1001` for an error and `W-1000` for a warning.
 * @param name Bokeh's name of the check.
 * @param find Returns the mistake of a model, undefined if there is none.
 * @param concerns The check is skipped for models in which none of these attributes is set. By
 * default it is never skipped.
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

/**
 * Returns the value of an attribute that the model or its theme sets, undefined if neither does.
 */
export function explicitValue(model: Model, attr: string): unknown {
  return model.rawValue(attr) ?? model.membership?.host.themeFor(model.type)?.get(attr);
}

/**
 * Creates a check that finds the models of a class in which a required attribute has no value.
 *
 * @param advice The remedy.
 */
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

/** Returns the text of a mistake for a list of items, undefined if the list is empty. */
export function listed(items: readonly string[], describe: (list: string) => string): string | undefined {
  return items.length === 0 ? undefined : describe(items.join(", "));
}

/** Returns each item that occurs more than once. */
export function repeated<T>(items: readonly T[]): T[] {
  const known = new Set(items);
  if (known.size === items.length) return [];
  return [...new Set(items.filter((item) => !known.delete(item)))];
}
