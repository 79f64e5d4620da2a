/**
 * Data sources of rows and of tables of other libraries.
 *
 * @module
 */

import type { ColumnDataSource, ColumnDataSourceProps } from "../gen/classes.ts";
import type { ColumnData } from "../columns.ts";
import { makeModel } from "../make_model.ts";
import type { Attributes } from "../model_types.ts";

/** A table that keeps its values by column, as those of Apache Arrow do. */
export interface ColumnarTable {
  /** What its columns are called. */
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  /** The column of a name. */
  getChild(name: string): { toArray(): ArrayLike<unknown> } | null;
}

/** What the class of data sources offers. */
export interface ColumnDataSourceStatics {
  /**
   * Makes a data source of rows, each an object with its values by the names of columns, or of a table as those of Apache
   * Arrow. What a row lacks is null.
   *
   * @param rows The rows.
   * @param attributes Other attributes of the data source.
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

function columnsOfTable(table: ColumnarTable): ColumnData {
  return Object.fromEntries(table.schema.fields.map(({ name }) => {
    const values = table.getChild(name)?.toArray() ?? [];
    return [name, ArrayBuffer.isView(values) ? values as ColumnData[string] : Array.from(values)];
  }));
}

function columnsOfRows(rows: Iterable<object>): ColumnData {
  const columns = new Map<string, unknown[]>();
  let count = 0;
  for (const row of rows) {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new TypeError(`Cannot make columns of row ${count}: expected an object of values by name`);
    }
    for (const [name, value] of Object.entries(row)) {
      const column = columns.get(name) ?? new Array<unknown>(count).fill(null);
      column[count] = value ?? null;
      columns.set(name, column);
    }
    count++;
    for (const column of columns.values()) if (column.length < count) column.push(null);
  }
  return Object.fromEntries(columns);
}
