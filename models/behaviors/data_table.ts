/**
 * Creates data tables from columns.
 *
 * @module
 */

import type { DataTable, DataTableStatics } from "../gen/class_types.ts";
import type { ColumnData } from "../columns/columns.ts";
import { isModel } from "../base/model_like.ts";
import { makeModel } from "../spec/registry.ts";

/** Implementation of the static members of `DataTable`. */
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
      throw new RangeError(`Cannot make a table of column ${name}: the data does not have the column`);
    }
    return [name, column];
  }));
}
