/**
 * The types of the values that visual attributes accept.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import type { Expr, Field, Value } from "./values.ts";

/**
 * A color: a CSS name, `#rrggbb`, `rgb(…)`, `0xrrggbbaa`, or a list of red, green, blue (0 to 255)
 * and alpha (0 to 1).
 */
export type Color =
  | string
  | number
  | [red: number, green: number, blue: number]
  | [red: number, green: number, blue: number, alpha: number];

/** A date, or a date with a time. */
export type DateTimeLike =
  | Date
  | Temporal.Instant
  | Temporal.ZonedDateTime
  | Temporal.PlainDateTime
  | Temporal.PlainDate;

/** Options of the value, column or expression of a data specification. */
export interface SpecOptions {
  /** A transform that browsers apply to each item. */
  readonly transform?: Model;
  /** The units of the items, for properties with units. */
  readonly units?: string;
}

/** A value of a glyph property: a column to which a transform is applied. */
export interface TransformedField<T extends Model = Model, F extends string = string> {
  /** Name of the column. */
  field: F;
  /** Transform that the browser applies to the values of the column. */
  transform: T;
}

/** A value of a glyph property that an expression computes from the whole data source. */
export interface ExpressionValue<E extends Model = Model> {
  /** Expression that the browser evaluates. */
  expr: E;
}

/** A data specification: one value for all items, the name of a column, or an expression. */
export type Spec<T> = SpecOf<T, string>;

/** A data specification whose names of columns have the type `F`. */
export type SpecOf<T, F extends string> =
  | T
  | F
  | Value
  | Field<F>
  | Expr
  | Model
  | ({ readonly value: T } & SpecOptions)
  // TypeScript does not infer names of columns from these interfaces as if they were texts.
  | TransformedField<Model, F>
  | ExpressionValue
  | ({ readonly field: F } & SpecOptions)
  | ({ readonly expr: Model } & SpecOptions);
