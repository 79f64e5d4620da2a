/**
 * What checks ask of columns.
 *
 * @module
 */

import { ColumnDataSource, DataSource, type GlyphRenderer } from "../../models/gen/classes.ts";
import { Field } from "../../models/values/values.ts";

/** Where a renderer's data is, undefined where that was never set. */
export function sourceOf(renderer: GlyphRenderer): DataSource | undefined {
  const source = renderer.rawValue("data_source");
  return source instanceof DataSource ? source : undefined;
}

/** The names of a source's columns; none where it has no columns. */
export function columnNames(source: DataSource | undefined): string[] {
  return source instanceof ColumnDataSource ? source.column_names : [];
}

/** The column that a value of a visual property names, undefined where it names none. */
export function fieldOf(value: unknown): string | undefined {
  if (value instanceof Field) return value.field;
  return typeof value === "object" && value !== null && "field" in value ? String(value.field) : undefined;
}
