/**
 * Visual properties that take one value for all items, a column, or an expression.
 *
 * @module
 */

import { isModel } from "../base/model_like.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import { Expr, Field, Value } from "./values.ts";

/** A value for all items, a column or an expression, as it goes over the wire. */
export type Vectorized = Value | Field | Expr;

/** Makes `{ value }`, `{ field }` and `{ expr }` of an author, and bare expression models, what the serializer knows them as. */
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
 * What clients get for a visual property: a string that is no value of its kind names a column.
 *
 * @param kind The kind of the property's values.
 * @param value The value that was set.
 * @param units Units to put beside it, where they are not the usual ones.
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

/** Returns the name of the column that a visual property takes its items from, undefined if it takes them from none. */
export function columnName(type: PropertyType, value: unknown): string | undefined {
  if (value instanceof Field) return value.field;
  return typeof value === "string" && !type.acceptsText(value) ? value : undefined;
}

function isVectorized(value: unknown): value is Vectorized {
  return value instanceof Field || value instanceof Value || value instanceof Expr;
}
