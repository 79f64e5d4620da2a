/**
 * Creates data sources from rows and from tables of other libraries.
 *
 * @module
 */

import type { ColumnDataSource, ColumnDataSourceStatics, DataSourceAttributes } from "../gen/class_types.ts";
import type { ColumnView } from "../columns/columns.ts";
import { type ColumnarTable, columnsOfTable } from "../columns/arrow_columns.ts";
import { columnsOfRows } from "../columns/row_columns.ts";
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
