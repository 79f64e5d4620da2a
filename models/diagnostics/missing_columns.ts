import { ownValues } from "../base/attribute_values.ts";
import type { GlyphRenderer } from "../gen/classes.ts";
import { columnName } from "../values/spec_values.ts";
import { closest } from "./suggest.ts";

/**
 * Returns the columns that a glyph refers to and that its source does not have, each as `x='times' [closest match: 'time']`,
 * as Bokeh's check BAD_COLUMN_NAME prints them. A source may get its columns after the glyph was drawn, so that this is for
 * documents to check before they are sent.
 */
export function missingColumns({ data_source: source, glyph }: GlyphRenderer): string[] {
  if (!source.isA("ColumnDataSource") || source.isA("WebDataSource")) return [];
  const columns = Object.keys(source.get("data") as object);
  const missing: string[] = [];
  for (const [{ attr, type }, value] of ownValues(glyph)) {
    const name = type.dataSpec === undefined ? undefined : columnName(type.dataSpec.value, value);
    if (name === undefined || columns.includes(name)) continue;
    const match = closest(name, columns);
    missing.push(`${attr}='${name}' [${match === undefined ? "no close matches" : `closest match: '${match}'`}]`);
  }
  return missing.sort();
}
