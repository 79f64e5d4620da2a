import type { Attributes } from "../../../models/base/model_types.ts";
import type { ColumnarTable } from "../../../models/columns/arrow_columns.ts";
import type { ColumnView } from "../../../models/columns/columns.ts";
import type { ColumnsOfRows } from "../../../models/columns/typed_columns.ts";
import type { ColumnDataSource, ColumnDataSourceProps } from "../../../models/gen/class_types.ts";

/** Attributes of a data source besides its columns. */
export type DataSourceAttributes = Omit<Attributes<ColumnDataSourceProps>, "data">;

/** Static members of `ColumnDataSource`. */
export interface ColumnDataSourceStatics {
  /**
   * Creates a data source from rows, or from a table of Apache Arrow. Missing values of rows become
   * null.
   *
   * Values of tables are converted: dates and timestamps to milliseconds since 1970, times of day
   * and durations to milliseconds, and 64-bit integers to numbers. Missing values become NaN in
   * columns of floats, dates and times, and null in other columns.
   *
   * @param rows Objects with values by column name, or a table.
   * @param attributes Other attributes of the data source.
   * @throws {TypeError} If a row is not an object.
   * @throws {RangeError} If a number cannot represent a 64-bit integer exactly.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { ColumnDataSource } from "@bokeh/server/models";
   *
   * const source = ColumnDataSource.from_rows([{ fruit: "apple", count: 3 }, { fruit: "pear" }]);
   * assertEquals([...source.data.count], [3, null]);
   * ```
   */
  from_rows(table: ColumnarTable, attributes?: DataSourceAttributes): ColumnDataSource;
  /** Creates a data source from rows. */
  from_rows<R extends object>(rows: Iterable<R>, attributes?: DataSourceAttributes): ColumnDataSource<ColumnsOfRows<R>>;
  /**
   * Creates a data source from a table of Apache Arrow, as `from_rows` does. Columns of numbers of
   * up to 32 bits and of floating-point numbers are not copied if they have no missing values and
   * are in one batch.
   *
   * @param table The table, for example of `tableFromIPC`.
   * @param attributes Other attributes of the data source.
   * @throws {RangeError} If a number cannot represent a 64-bit integer exactly.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { ColumnDataSource } from "@bokeh/server/models";
   * import { tableFromArrays } from "apache-arrow";
   *
   * const source = ColumnDataSource.from_arrow<{ t: Float64Array }>(tableFromArrays({ t: Float64Array.of(1, 2) }));
   * assertEquals(source.data.t, Float64Array.of(1, 2));
   * ```
   */
  from_arrow<D extends ColumnView = ColumnView>(
    table: ColumnarTable,
    attributes?: DataSourceAttributes,
  ): ColumnDataSource<D>;
}
