import type { ColumnarDataSource, ColumnDataSource, Glyph, GlyphRenderer } from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";

/** Data of a glyph method: a data source, or its columns by name. */
export type GlyphSource = ColumnarDataSource | ColumnData | null | undefined;

/**
 * Type of the data source of a renderer: that of the given data source, otherwise
 * `ColumnDataSource`.
 */
export type DataSourceOf<S> = S extends ColumnarDataSource ? S : ColumnDataSource;

/**
 * A glyph renderer with a known type of glyph. `plot.line(…)` returns a renderer whose `glyph` is a
 * `Line`, and whose `data_source` has the class of the data source that was given.
 */
export type TypedGlyphRenderer<G extends Glyph, S extends ColumnarDataSource = ColumnDataSource> = GlyphRenderer & {
  glyph: G;
  data_source: S;
};
