/**
 * Values with their own representation on the wire for which JavaScript has no type.
 *
 * @module
 */

import { DEFAULT_LIMITS } from "../../common/limits.ts";

/**
 * Maximum depth of nested containers and models in a value. Python's recursion limit allows less,
 * and V8's stack about twice as much. Deeper values contain themselves or are attacks.
 */
export const MAX_DEPTH = DEFAULT_LIMITS.nesting;

/** Options of the value, column or expression of a data specification. */
export interface VectorOptions {
  /** A transform model that browsers apply to each item. */
  readonly transform?: unknown;
  /** The units of the items, for example `"data"` or `"screen"`. */
  readonly units?: string;
}

/**
 * A range of indices, like Python's `slice(start, stop, step)`. Parts that are not given are null.
 */
export class Slice {
  /** The first index. */
  readonly start: number | null;
  /** The index after the last one. */
  readonly stop: number | null;
  /** The difference between successive indices. */
  readonly step: number | null;

  /**
   * Creates a range.
   *
   * @param range Its parts.
   */
  constructor(range: { start?: number | null; stop?: number | null; step?: number | null } = {}) {
    this.start = range.start ?? null;
    this.stop = range.stop ?? null;
    this.step = range.step ?? null;
  }
}

/** A data specification with one value for all items: `{ value: 1 }`. */
export class Value<T = unknown> implements VectorOptions {
  declare readonly transform?: unknown;
  declare readonly units?: string;

  /**
   * Creates a data specification with one value.
   *
   * @param value The value.
   * @param options The transform and the units.
   */
  constructor(readonly value: T, options?: VectorOptions) {
    if (options !== undefined) setOptions(this, options);
  }
}

/** A data specification that takes the items from a column: `{ field: "x" }`. */
export class Field<F extends string = string> implements VectorOptions {
  declare readonly transform?: unknown;
  declare readonly units?: string;

  /**
   * Creates a reference to a column.
   *
   * @param field The name of the column.
   * @param options The transform and the units.
   */
  constructor(readonly field: F, options?: VectorOptions) {
    if (options !== undefined) setOptions(this, options);
  }
}

/** A data specification that computes the items with an expression: `{ expr: new Stack(…) }`. */
export class Expr<T = unknown> implements VectorOptions {
  declare readonly transform?: unknown;
  declare readonly units?: string;

  /**
   * Creates a reference to an expression.
   *
   * @param expr The expression model.
   * @param options The transform and the units.
   */
  constructor(readonly expr: T, options?: VectorOptions) {
    if (options !== undefined) setOptions(this, options);
  }
}

/**
 * Sets only the given options, so that a data specification without options equals a literal
 * without them.
 */
function setOptions(target: { transform?: unknown; units?: string }, options: VectorOptions): void {
  if (options.transform !== undefined) target.transform = options.transform;
  if (options.units !== undefined) target.units = options.units;
}
