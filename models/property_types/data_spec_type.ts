/**
 * The property type of data specifications.
 *
 * @module
 */

import { ModelBase } from "../base/model_base.ts";
import { Expr, Field, Value } from "../values/values.ts";
import { type DataSpecInfo, PropertyType } from "./property_type.ts";

/**
 * A data specification: one value for all items, the name of a column, or an expression.
 *
 * See
 * https://docs.bokeh.org/en/latest/docs/reference/core/properties.html#bokeh.core.properties.DataSpec
 */
export class DataSpecType extends PropertyType {
  readonly #value: PropertyType;
  readonly #dataSpec: DataSpecInfo;
  readonly #validUnits: PropertyType | undefined;

  /**
   * @param name The name of the type, for example `"ColorSpec"`.
   * @param value The type of one value for all items.
   * @param units The units of values without explicit units.
   * @param validUnits The type of explicit units.
   */
  constructor(name: string, value: PropertyType, units?: string, validUnits?: PropertyType) {
    super(name);
    this.#value = value;
    this.#dataSpec = units === undefined ? { value } : { value, units };
    this.#validUnits = validUnits;
  }

  /** The type of values, and their units. */
  override get dataSpec(): DataSpecInfo {
    return this.#dataSpec;
  }

  /** True: transforms and expressions are models. */
  override get mayHaveRefs(): boolean {
    return true;
  }

  /**
   * Returns whether a value is the name of a column, a value for all items, or a `Value`, `Field`
   * or `Expr`.
   */
  valid(value: unknown): boolean {
    if (typeof value === "string") return true;
    if (value instanceof Value) return this.#value.valid(value.value) && this.#hasValidOptions(value);
    if (value instanceof Field) return typeof value.field === "string" && this.#hasValidOptions(value);
    if (value instanceof Expr) {
      return value.expr instanceof ModelBase && value.expr.isA("Expression") && this.#hasValidOptions(value);
    }
    return this.#value.valid(value);
  }

  /** Whether the type of values converts them. Names of columns are not converted. */
  override get converts(): boolean {
    return this.#value.converts;
  }

  /**
   * Converts a value, except texts and colors as lists of numbers, which Python does not convert
   * either.
   */
  override convert(value: unknown): unknown {
    return typeof value === "string" || Array.isArray(value) ? value : this.#value.convert(value);
  }

  #hasValidOptions({ transform, units }: Value | Field | Expr): boolean {
    const isTransform = transform === undefined || transform === null ||
      transform instanceof ModelBase && transform.isA("Transform");
    return isTransform && (units === undefined || this.#validUnits === undefined || this.#validUnits.valid(units));
  }
}
