/**
 * The types of visual properties, colors and points in time.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import type { Expr, Field, Value } from "./values.ts";

/** A color: a name of CSS, `#rrggbb`, `rgb(…)`, `0xrrggbbaa`, or red, green, blue (0 to 255) and alpha (0 to 1). */
export type Color =
  | string
  | number
  | [red: number, green: number, blue: number]
  | [red: number, green: number, blue: number, alpha: number];

/** A point in time. */
export type Moment = Date | Temporal.Instant | Temporal.ZonedDateTime | Temporal.PlainDateTime | Temporal.PlainDate;

/** What may stand beside the value, column or expression of a visual property. */
export interface SpecOptions {
  /** A transform that is applied to each item. */
  readonly transform?: Model;
  /** The units of the items, where the property has units. */
  readonly units?: string;
}

/** A visual property: one value for all items, the name of a column, or an expression. */
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
