import type { Attributes } from "../../../models/base/model_types.ts";
import type { ColumnData } from "../../../models/columns/columns.ts";
import type { CellFormatter, ColumnDataSource, DataTable, DataTableProps } from "../../../models/gen/class_types.ts";

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
