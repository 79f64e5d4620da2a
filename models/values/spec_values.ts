/**
 * Values of data specifications: one value for all items, a column, or an expression.
 *
 * @module
 */

import { isModel } from "../base/model_like.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import { Expr, Field, Value } from "./values.ts";

/** A data specification as it is serialized. */
export type Vectorized = Value | Field | Expr;

/**
 * Converts `{ value }`, `{ field }`, `{ expr }` and expression models to a `Value`, `Field` or
 * `Expr`. Returns other values themselves.
 */
export function normalizeSpec(value: unknown): unknown {
  if (typeof value !== "object" || value === null || isVectorized(value)) return value;
  if (isModel(value)) return value.isA("Expression") ? new Expr(value) : value;
  const parts = value as { value?: unknown; field?: unknown; expr?: unknown; transform?: unknown; units?: string };
  const options = parts.transform === undefined && parts.units === undefined ? undefined : {
    ...(parts.transform === undefined ? {} : { transform: parts.transform }),
    ...(parts.units === undefined ? {} : { units: parts.units }),
  };
  if (typeof parts.field === "string") return new Field(parts.field, options);
  if (parts.value !== undefined) return new Value(parts.value, options);
  if (parts.expr !== undefined) return new Expr(parts.expr, options);
  return value;
}

/**
 * Returns the value of a data specification as it is serialized. A text that is not a value of its
 * type is the name of a column.
 *
 * @param type The type of one value for all items.
 * @param value The value of the attribute.
 * @param units The units, undefined for the default units of the property.
 */
export function vectorize(type: PropertyType, value: unknown, units: string | undefined): unknown {
  const options = units === undefined ? undefined : { units };
  if (isVectorized(value)) {
    if (units === undefined || value.units !== undefined) return value;
    return Object.assign(Object.create(Object.getPrototypeOf(value)), value, options);
  }
  const column = columnName(type, value);
  return column === undefined ? new Value(value, options) : new Field(column, options);
}

/**
 * Returns the name of the column of a data specification, undefined if it does not refer to a
 * column.
 *
 * @param type The type of one value for all items.
 * @param value The value of the attribute.
 */
export function columnName(type: PropertyType, value: unknown): string | undefined {
  if (value instanceof Field) return value.field;
  return typeof value === "string" && !type.acceptsText(value) ? value : undefined;
}

function isVectorized(value: unknown): value is Vectorized {
  return value instanceof Field || value instanceof Value || value instanceof Expr;
}
