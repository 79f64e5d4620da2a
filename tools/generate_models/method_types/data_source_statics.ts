import type { Attributes } from "../../../models/base/model_types.ts";
import type { ColumnarTable } from "../../../models/columns/arrow_columns.ts";
import type { ColumnsOfRows } from "../../../models/columns/typed_columns.ts";
import type { ColumnDataSource, ColumnDataSourceProps } from "../../../models/gen/class_types.ts";

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
  from_rows<R extends object>(
    rows: Iterable<R> | ColumnarTable,
    attributes?: Omit<Attributes<ColumnDataSourceProps>, "data">,
  ): ColumnDataSource<ColumnsOfRows<R>>;
}
