/**
 * Values that Bokeh writes on the wire in a form of their own and that JavaScript has no type for.
 *
 * @module
 */

/**
 * How deep values may be nested, models inside of models included: Python's own stack ends sooner, ours at twice that.
 * What is nested deeper refers to itself, or means harm.
 */
export const MAX_DEPTH = 400;

/** What may stand beside the value, field or expression of a visual property. */
export interface VectorOptions {
  /** A transform model that is applied to each item. */
  readonly transform?: unknown;
  /** The units of the items, for example `"data"` or `"screen"`. */
  readonly units?: string;
}

/** A range of indices, as Python's `slice(start, stop, step)`; null stands for what is not given. */
export class Slice {
  /** First index. */
  readonly start: number | null;
  /** The index before which the range ends. */
  readonly stop: number | null;
  /** Distance between two indices. */
  readonly step: number | null;

  /**
   * Makes a range.
   *
   * @param range The parts that are given.
   */
  constructor(range: { start?: number | null; stop?: number | null; step?: number | null } = {}) {
    this.start = range.start ?? null;
    this.stop = range.stop ?? null;
    this.step = range.step ?? null;
  }
}

/** One value for all items of a visual property: `{ value: 1 }`. */
export class Value<T = unknown> implements VectorOptions {
  declare readonly transform?: unknown;
  declare readonly units?: string;

  /**
   * Makes a value.
   *
   * @param value The value.
   * @param options Transform and units.
   */
  constructor(readonly value: T, options?: VectorOptions) {
    if (options !== undefined) takeOptions(this, options);
  }
}

/** A column that gives the items of a visual property: `{ field: "x" }`. */
export class Field implements VectorOptions {
  declare readonly transform?: unknown;
  declare readonly units?: string;

  /**
   * Makes a reference to a column.
   *
   * @param field The name of the column.
   * @param options Transform and units.
   */
  constructor(readonly field: string, options?: VectorOptions) {
    if (options !== undefined) takeOptions(this, options);
  }
}

/** A model that computes the items of a visual property: `{ expr: new Stack(…) }`. */
export class Expr<T = unknown> implements VectorOptions {
  declare readonly transform?: unknown;
  declare readonly units?: string;

  /**
   * Makes a reference to an expression.
   *
   * @param expr The expression model.
   * @param options Transform and units.
   */
  constructor(readonly expr: T, options?: VectorOptions) {
    if (options !== undefined) takeOptions(this, options);
  }
}

/** Sets only what is given, so that a vector compares equal to a literal without it. */
function takeOptions(target: { transform?: unknown; units?: string }, options: VectorOptions): void {
  if (options.transform !== undefined) target.transform = options.transform;
  if (options.units !== undefined) target.units = options.units;
}
