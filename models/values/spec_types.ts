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

/** A data specification: one value for all items, the name of a column, or an expression. */
export type Spec<T> =
  | T
  | string
  | Value
  | Field
  | Expr
  | Model
  | ({ readonly value: T } & SpecOptions)
  | ({ readonly field: string } & SpecOptions)
  | ({ readonly expr: Model } & SpecOptions);
