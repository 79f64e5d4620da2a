import type { ColumnarDataSource, ColumnDataSource } from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";

/** Data of a glyph method: a data source, or its columns by name. */
export type GlyphSource = ColumnarDataSource | ColumnData | null | undefined;

/**
 * Type of the data source of a renderer: that of the given data source, otherwise a
 * `ColumnDataSource` with the given columns.
 */
export type DataSourceOf<S> = S extends ColumnarDataSource ? S
  : S extends ColumnData ? ColumnDataSource<S>
  : ColumnDataSource;
