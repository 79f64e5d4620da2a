import type { ColumnarDataSource, ColumnDataSource, Glyph, GlyphRenderer } from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";

/** Where a glyph method takes its columns from: a data source, or columns by name. */
export type GlyphSource = ColumnarDataSource | ColumnData | null | undefined;

/** The data source of a renderer by what a glyph method was given: without a data source, the method makes one. */
export type DataSourceOf<S> = S extends ColumnarDataSource ? S : ColumnDataSource;

/**
 * A renderer of glyphs of one type. The `glyph` of the renderer that `plot.line(…)` returns is a `Line`, and its `data_source`
 * is of the class of the source that was given.
 */
export type TypedGlyphRenderer<G extends Glyph, S extends ColumnarDataSource = ColumnDataSource> = GlyphRenderer & {
  glyph: G;
  data_source: S;
};
