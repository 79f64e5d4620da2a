import type { Attributes } from "../../../models/base/model_types.ts";
import type { ColumnData } from "../../../models/columns/columns.ts";
import type { CellFormatter, ColumnDataSource, DataTable, DataTableProps } from "../../../models/gen/class_types.ts";

/**
 * Options of {@linkcode DataTableStatics.from_data}: attributes of the table, except for those that
 * the data determines.
 */
export interface TableFromDataOptions extends Omit<Attributes<DataTableProps>, "columns" | "source"> {
  /**
   * Names of the columns to show.
   *
   * @default {all}
   */
  columns?: readonly string[];
  /**
   * Formatters by column name.
   *
   * @default {{}}
   */
  formatters?: Readonly<Record<string, CellFormatter>>;
}

/** Static members of `DataTable`. */
export interface DataTableStatics {
  /**
   * Creates a table with one column for each column of the data, with their names as titles.
   *
   * @param data Columns by name, or a data source, which is copied.
   * @param options Columns to show, formatters, and attributes of the table.
   * @throws {RangeError} If a column does not exist.
   */
  from_data(data: ColumnData | ColumnDataSource, options?: TableFromDataOptions): DataTable;
}
