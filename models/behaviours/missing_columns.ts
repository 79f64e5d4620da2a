import { suggest } from "../suggest.ts";
import { Field } from "../values.ts";
import type { GlyphRenderer } from "../gen/classes.ts";

/**
 * The columns that a glyph wants and that its source does not have, each as `x="times" [similar ones are time]`. A
 * source may get its columns after the glyph was drawn, so this is for documents to check before they are sent.
 */
export function missingColumns(renderer: GlyphRenderer): string[] {
  const { data_source: source, glyph } = renderer;
  if (!source.isA("ColumnDataSource") || source.isA("WebDataSource")) return [];
  const columns = Object.keys(source.get("data") as object);
  const missing: string[] = [];
  for (const [attr, value] of glyph.serializableAttributes()) {
    if (!(value instanceof Field) || columns.includes(value.field)) continue;
    missing.push(
      `${attr}=${JSON.stringify(value.field)} [${suggest(value.field, columns).slice(2) || "none is similar"}]`,
    );
  }
  return missing.sort();
}
