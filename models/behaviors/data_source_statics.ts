/**
 * Creates data sources from rows and from tables of other libraries.
 *
 * @module
 */

import type { ColumnDataSource, ColumnDataSourceStatics, DataSourceAttributes } from "../gen/class_types.ts";
import type { ColumnData, ColumnView } from "../columns/columns.ts";
import { type ColumnarTable, columnsOfTable, exactNumber } from "../columns/arrow_columns.ts";
import { makeModel } from "../spec/registry.ts";

/** Implementation of the static members of `ColumnDataSource`. */
export const columnDataSourceStatics: ColumnDataSourceStatics = {
  from_rows(rows: Iterable<object> | ColumnarTable, attributes: DataSourceAttributes = {}) {
    const data = "getChild" in rows ? columnsOfTable(rows) : columnsOfRows(rows);
    return makeModel<ColumnDataSource<ColumnView>>("ColumnDataSource", { ...attributes, data });
  },
  from_arrow(table, attributes = {}) {
    return makeModel("ColumnDataSource", { ...attributes, data: columnsOfTable(table) });
  },
};

function columnsOfRows(rows: Iterable<object>): ColumnData {
  const columns = new Map<string, unknown[]>();
  let count = 0;
  for (const row of rows) {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new TypeError(`Cannot create columns from row ${count}: expected an object with values by name`);
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
