/**
 * Queries: finding models by class, name, tags and values of attributes.
 *
 * See https://docs.bokeh.org/en/latest/docs/reference/core/query.html
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import { matches } from "../values/equality.ts";
import { isModel, type ModelLike } from "./model_like.ts";

/** A class of models, which may be abstract. */
export type ModelType<T extends ModelLike = ModelLike> = abstract new (...args: never[]) => T;

/** Conditions on the value of an attribute. All given conditions must hold. */
export interface Predicate {
  /** Equals. */
  $eq?: unknown;
  /** Does not equal. */
  $neq?: unknown;
  /** Is greater than. */
  $gt?: number | string;
  /** Is greater than or equal to. */
  $geq?: number | string;
  /** Is less than. */
  $lt?: number | string;
  /** Is less than or equal to. */
  $leq?: number | string;
  /** Equals one of the values. */
  $in?: readonly unknown[];
}

/** Conditions on a model. All given conditions must hold. */
export interface Query {
  /** The class of the model or one of its bases, or the name of such a class. */
  type?: ModelType | string | { $in: readonly (ModelType | string)[] };
  /** Tags. The model must have one of them. */
  tags?: unknown;
  /** Queries. One of them must hold. */
  $or?: readonly Query[];
  /**
   * Conditions on attributes: a value that the attribute equals, a {@linkcode Predicate}, or a
   * query for a model in the attribute.
   */
  [attr: string]: unknown;
}

/** A query that states the class of the models, so that their type is known. */
export type QueryOf<T extends ModelLike> = Query & { type: ModelType<T> };

/** A query, a class of models, or the name of models. */
export type Selector = Query | ModelType | string;

const comparisons: Record<keyof Predicate, (value: unknown, operand: unknown) => boolean> = {
  $eq: (value, operand) => matches(value, operand),
  $neq: (value, operand) => !matches(value, operand),
  $gt: (value, operand) => compareOrder(value, operand) > 0,
  $geq: (value, operand) => compareOrder(value, operand) >= 0,
  $lt: (value, operand) => compareOrder(value, operand) < 0,
  $leq: (value, operand) => compareOrder(value, operand) <= 0,
  $in: (value, operand) => Array.isArray(operand) && operand.some((item) => matches(value, item)),
};

/**
 * Returns the models that match a selector.
 *
 * @param models The models to search.
 * @param selector A query, a class or a name.
 * @throws {TypeError} If the selector is invalid.
 */
export function select<M extends ModelLike>(models: Iterable<M>, selector: Selector): M[] {
  const query = asQuery(selector);
  return Array.from(models).filter((model) => holds(model, query));
}

/**
 * Returns the only model that matches a selector, or null if none matches.
 *
 * @param models The models to search.
 * @param selector A query, a class or a name.
 * @throws {Error} If several models match.
 * @throws {TypeError} If the selector is invalid.
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
 * Sets attributes of all models that match a selector.
 *
 * @param models The models to search.
 * @param selector A query, a class or a name.
 * @param updates The new values, by attribute.
 * @throws {TypeError} If the selector or a value is invalid.
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

function asQuery(selector: Selector): Query {
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

/**
 * Returns a number below 0, 0 or above 0 if `a` is less than, equal to or greater than `b`; NaN if
 * they cannot be ordered.
 */
function compareOrder(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  return NaN;
}

/** Methods of all models that search the model itself and all models that it refers to. */
export interface ModelQueryMethods<M extends ModelLike> {
  /**
   * Returns all models of a class, or of a class and with some attributes, for example
   * `{ type: Slider, title: "a" }`.
   */
  select<T extends M>(selector: ModelType<T> | QueryOf<T>): T[];
  /** Returns all models that match a query or have a name. */
  select(selector: Selector): M[];
  /**
   * Returns the only model of a class, or of a class and with some attributes, or null if there is
   * none.
   *
   * @throws {Error} If several models match.
   */
  select_one<T extends M>(selector: ModelType<T> | QueryOf<T>): T | null;
  /**
   * Returns the only model that matches a query or has a name, or null if there is none.
   *
   * @throws {Error} If several models match.
   */
  select_one(selector: Selector): M | null;
  /** Sets attributes of all models that match a selector. */
  set_select(selector: Selector, updates: Readonly<Record<string, unknown>>): void;
}

/** The implementation of {@linkcode ModelQueryMethods}, for the prototype of `Model`. */
export const modelQueryMethods: ThisType<ModelLike> & {
  select(selector: Selector): ModelLike[];
  select_one(selector: Selector): ModelLike | null;
  set_select(selector: Selector, updates: Readonly<Record<string, unknown>>): void;
} = {
  select(selector) {
    return select(this.references(), selector);
  },
  select_one(selector) {
    return selectOne(this.references(), selector);
  },
  set_select(selector, updates) {
    setSelected(this.references(), selector, updates);
  },
};
