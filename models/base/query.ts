/**
 * Finds models by type, name, tags and the values of their attributes.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import { matches } from "../values/equality.ts";
import { isModel, type ModelLike } from "./model_like.ts";

/** A class of models, abstract ones included. */
export type ModelType<T extends ModelLike = ModelLike> = abstract new (...args: never[]) => T;

/** What a value must be: equal to something, or compared to it. All comparisons that are given must hold. */
export interface Predicate {
  /** Equal. */
  $eq?: unknown;
  /** Not equal. */
  $neq?: unknown;
  /** Greater. */
  $gt?: number | string;
  /** Greater or equal. */
  $geq?: number | string;
  /** Less. */
  $lt?: number | string;
  /** Less or equal. */
  $leq?: number | string;
  /** One of several values. */
  $in?: readonly unknown[];
}

/** What a model must be. All parts that are given must hold. */
export interface Query {
  /** A class or the name of one; derived classes count. */
  type?: ModelType | string | { $in: readonly (ModelType | string)[] };
  /** Tags, one of which the model must have. */
  tags?: unknown;
  /** Queries, one of which must hold. */
  $or?: readonly Query[];
  /** Values of attributes: what they equal, comparisons, or a query for the model that the attribute holds. */
  [attr: string]: unknown;
}

/** What a model must be, with its class. */
export type QueryOf<T extends ModelLike> = Query & { type: ModelType<T> };

/** What to look for: a query, a class, or a name. */
export type Selector = Query | ModelType | string;

const comparisons: Record<keyof Predicate, (value: unknown, operand: unknown) => boolean> = {
  $eq: (value, operand) => matches(value, operand),
  $neq: (value, operand) => !matches(value, operand),
  $gt: (value, operand) => order(value, operand) > 0,
  $geq: (value, operand) => order(value, operand) >= 0,
  $lt: (value, operand) => order(value, operand) < 0,
  $leq: (value, operand) => order(value, operand) <= 0,
  $in: (value, operand) => Array.isArray(operand) && operand.some((item) => matches(value, item)),
};

/**
 * The models among some that a selector fits.
 *
 * @param models The models to look at.
 * @param selector What to look for.
 * @throws {TypeError} Where the selector is no selector.
 */
export function select<M extends ModelLike>(models: Iterable<M>, selector: Selector): M[] {
  const query = asQuery(selector);
  return Array.from(models).filter((model) => holds(model, query));
}

/**
 * The one model among some that a selector fits, or null.
 *
 * @param models The models to look at.
 * @param selector What to look for.
 * @throws {Error} Where it fits several.
 */
export function selectOne<M extends ModelLike>(models: Iterable<M>, selector: Selector): M | null {
  const found = select(models, selector);
  if (found.length > 1) {
    throw new Error(
      `Cannot select one model: ${found.length} match, ${found.slice(0, 3).join(", ")}${found.length > 3 ? ", …" : ""}`,
    );
  }
  return found[0] ?? null;
}

/**
 * Sets attributes of all models that a selector fits.
 *
 * @param models The models to look at.
 * @param selector What to look for.
 * @param updates Values by attribute.
 */
export function setSelected(
  models: Iterable<ModelLike>,
  selector: Selector,
  updates: Readonly<Record<string, unknown>>,
): void {
  for (const model of select(models, selector)) {
    for (const [attr, value] of Object.entries(updates)) model.set(attr, value);
  }
}

/** The query that a selector stands for. */
export function asQuery(selector: Selector): Query {
  if (typeof selector === "string") return { name: selector };
  if (typeof selector === "function") return { type: selector };
  if (typeof selector === "object" && selector !== null) return selector;
  throw new TypeError(`Cannot select by ${String(selector)}: expected a query, a class or a name`);
}

function holds(model: ModelLike, query: Query): boolean {
  return Object.entries(query).every(([key, operand]) => {
    if (operand === undefined) return true;
    if (key === "type") return isOfType(model, operand);
    if (key === "tags") return hasTag(model, operand);
    if (key === "$or") return Array.isArray(operand) && operand.some((other) => holds(model, other));
    if (key.startsWith("$")) return compare(model, key, operand);
    return hasAttribute(model, key) && valueHolds(model.get(key), operand);
  });
}

function isOfType(model: ModelLike, operand: unknown): boolean {
  if (typeof operand === "string") return model.isA(operand);
  if (typeof operand === "function") return model instanceof operand;
  if (typeof operand === "object" && operand !== null && "$in" in operand && Array.isArray(operand.$in)) {
    return operand.$in.some((type) => isOfType(model, type));
  }
  throw new TypeError("Cannot select by type: expected a class, the name of one, or { $in: [...] }");
}

function hasTag(model: ModelLike, operand: unknown): boolean {
  const wanted = Array.isArray(operand) ? operand : operand instanceof Set ? [...operand] : [operand];
  return model.tags.some((tag) => wanted.some((item) => matches(tag, item)));
}

function hasAttribute(model: ModelLike, attr: string): boolean {
  const property = model.spec.property(attr);
  return property !== undefined && !(property.required && model.rawValue(attr) === undefined);
}

function valueHolds(value: unknown, operand: unknown): boolean {
  if (!isRecord(operand)) return matches(value, operand);
  const keys = Object.keys(operand);
  if (keys.length > 0 && keys.every((key) => key in comparisons)) {
    return keys.every((key) => compare(value, key, operand[key]));
  }
  return isModel(value) ? holds(value, operand) : matches(value, operand);
}

function compare(value: unknown, key: string, operand: unknown): boolean {
  const comparison = Object.hasOwn(comparisons, key) ? comparisons[key as keyof Predicate] : undefined;
  if (comparison === undefined) {
    throw new TypeError(`Cannot select by ${key}: the operators are $or, ${Object.keys(comparisons).join(", ")}`);
  }
  return comparison(value, operand);
}

/** Below 0, 0 or above 0 as the first value comes before, with or after the second; NaN where they have no order. */
function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  return NaN;
}
