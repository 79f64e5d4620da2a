/**
 * Data sources of rows and of tables of other libraries.
 *
 * @module
 */

import type { ColumnDataSource, ColumnDataSourceProps } from "../gen/classes.ts";
import type { ColumnData } from "../columns/columns.ts";
import { type ColumnarTable, columnsOfTable, exactNumber } from "../columns/arrow_columns.ts";
import { makeModel } from "../base/make_model.ts";
import type { Attributes } from "../base/model_types.ts";

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

/** The implementation, for the class of data sources. */
export const columnDataSourceStatics: ColumnDataSourceStatics = {
  from_rows(rows, attributes = {}) {
    const data = "getChild" in rows ? columnsOfTable(rows) : columnsOfRows(rows);
    return makeModel<ColumnDataSource>("ColumnDataSource", { ...attributes, data });
  },
};

function columnsOfRows(rows: Iterable<object>): ColumnData {
  const columns = new Map<string, unknown[]>();
  let count = 0;
  for (const row of rows) {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new TypeError(`Cannot make columns of row ${count}: expected an object of values by name`);
    }
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name) ?? new Array<unknown>(count).fill(null);
      column[count] = typeof value === "bigint" ? exactNumber(value, `column ${name}, row ${count}`) : value ?? null;
      columns.set(name, column);
    }
    count++;
    for (const column of columns.values()) if (column.length < count) column.push(null);
  }
  return Object.fromEntries(columns);
}
