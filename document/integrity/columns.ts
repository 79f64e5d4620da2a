/**
 * What checks ask of columns.
 *
 * @module
 */

import { ColumnDataSource, type DataSource } from "../../models/gen/classes.ts";
import { Field } from "../../models/values.ts";

/** The names of a source's columns; none where it has no columns. */
export function columnNames(source: DataSource): string[] {
  return source instanceof ColumnDataSource ? source.column_names : [];
}

/** The column that a value of a visual property names, undefined where it names none. */
export function fieldOf(value: unknown): string | undefined {
  if (value instanceof Field) return value.field;
  return typeof value === "object" && value !== null && "field" in value ? String(value.field) : undefined;
}
