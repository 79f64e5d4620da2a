/**
 * Tables of data sources in one line.
 *
 * @module
 */

import type { CellFormatter, ColumnDataSource, DataTable, DataTableProps } from "../gen/classes.ts";
import type { ColumnData } from "../columns/columns.ts";
import { isModel } from "../base/model_like.ts";
import { makeModel } from "../base/make_model.ts";
import type { Attributes } from "../base/model_types.ts";

/** Options of {@linkcode DataTableStatics.from_data}: attributes of the table, but for what it finds itself. */
export interface TableFromDataOptions extends Omit<Attributes<DataTableProps>, "columns" | "source"> {
  /**
   * Names of the columns to show.
   * @default {all}
   */
  columns?: readonly string[];
  /**
   * Formatters of columns by name.
   * @default {{}}
   */
  formatters?: Readonly<Record<string, CellFormatter>>;
}

/** What the class of tables offers. */
export interface DataTableStatics {
  /**
   * Makes a table with a column for each column of data, titled as they are called.
   *
   * @param data Columns by name, or a data source, of which the table shows a copy.
   * @throws {RangeError} if there is no column of a name.
   */
  from_data(data: ColumnData | ColumnDataSource, options?: TableFromDataOptions): DataTable;
}

/** The implementation, for the class of tables. */
export const dataTableStatics: DataTableStatics = {
  from_data(data, { columns: names, formatters = {}, ...attributes } = {}) {
    const given: ColumnData = isModel(data) ? data.data : data;
    const shown = names === undefined ? given : pick(given, names);
    const columns = Object.keys(shown).map((field) =>
      makeModel("TableColumn", { field, title: field, formatter: formatters[field] })
    );
    const source = isModel(data) ? data.clone({ data: shown }) : makeModel("ColumnDataSource", { data: shown });
    return makeModel<DataTable>("DataTable", { source, columns, index_position: null, ...attributes });
  },
};

function pick(columns: ColumnData, names: readonly string[]): ColumnData {
  return Object.fromEntries(names.map((name) => {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column === undefined) {
      throw new RangeError(`Cannot make a table of column ${name}: the data has no such column`);
    }
    return [name, column];
  }));
}
