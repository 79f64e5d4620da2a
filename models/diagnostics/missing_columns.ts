/**
 * Finds columns that glyphs refer to and that their data sources do not have.
 *
 * @module
 */

import { ownValues } from "../base/attribute_values.ts";
import type { GlyphRenderer } from "../gen/classes.ts";
import { columnName } from "../values/spec_values.ts";
import { closest } from "./suggest.ts";

/**
 * Returns the columns that the glyph of a renderer refers to and that its data source does not
 * have, in the format of Bokeh's check BAD_COLUMN_NAME: `x='times' [closest match: 'time']`.
 *
 * Call it when a document is sent: a data source can get its columns after the glyph was created.
 */
export function missingColumns({ data_source: source, glyph }: GlyphRenderer): string[] {
  if (!source.isA("ColumnDataSource") || source.isA("WebDataSource")) return [];
  const columns = Object.keys(source.get("data") as object);
  const missing: string[] = [];
  for (const [{ attr, type }, value] of ownValues(glyph)) {
    const name = type.dataSpec === undefined ? undefined : columnName(type.dataSpec.value, value);
    if (name === undefined || columns.includes(name)) continue;
    missing.push(describeMissing(attr, name, columns));
  }
  return missing.sort();
}

/**
 * Returns the description of a missing column: `x='times' [closest match: 'time']`.
 *
 * @param attr The attribute that refers to the column.
 * @param name The name of the column.
 * @param columns The columns that exist.
 */
export function describeMissing(attr: string, name: string, columns: readonly string[]): string {
  const match = closest(name, columns);
  return `${attr}='${name}' [${match === undefined ? "no close matches" : `closest match: '${match}'`}]`;
}
