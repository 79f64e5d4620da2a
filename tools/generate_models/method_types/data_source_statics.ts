import type { Attributes } from "../../../models/base/model_types.ts";
import type { ColumnarTable } from "../../../models/columns/arrow_columns.ts";
import type { ColumnDataSource, ColumnDataSourceProps } from "../../../models/gen/class_types.ts";

/** What the class of data sources offers. */
export interface ColumnDataSourceStatics {
  /**
   * Makes a data source of rows, each an object with its values by the names of columns, or of a table as those of Apache
   * Arrow. What a row lacks is null.
   *
   * Of a table, points in time and days are milliseconds since 1970 whatever their unit, times of day and durations are
   * milliseconds, and integers of 64 bits are numbers. Missing values are NaN in columns of fractions and times, else null.
   *
   * @param rows The rows.
   * @param attributes Other attributes of the data source.
   * @throws {RangeError} If no number is equal to an integer of 64 bits.
   */
  from_rows(
    rows: Iterable<object> | ColumnarTable,
    attributes?: Omit<Attributes<ColumnDataSourceProps>, "data">,
  ): ColumnDataSource;
}
