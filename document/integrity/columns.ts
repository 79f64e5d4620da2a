/**
 * Data sources and columns in integrity checks.
 *
 * @module
 */

import { ColumnDataSource, DataSource, type GlyphRenderer } from "../../models/gen/classes.ts";
import { Field } from "../../models/values/values.ts";

/** Returns the data source of a renderer, undefined if it was not set. */
export function sourceOf(renderer: GlyphRenderer): DataSource | undefined {
  const source = renderer.rawValue("data_source");
  return source instanceof DataSource ? source : undefined;
}

/** Returns the names of the columns of a source. */
export function columnNames(source: DataSource | undefined): string[] {
  return source instanceof ColumnDataSource ? source.column_names : [];
}

/**
 * Returns the name of the column that a value of a visual property refers to, undefined if it is
 * not a field.
 */
export function fieldOf(value: unknown): string | undefined {
  if (value instanceof Field) return value.field;
  return typeof value === "object" && value !== null && "field" in value ? String(value.field) : undefined;
}
