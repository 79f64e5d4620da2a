import { exactNumber } from "./arrow_columns.ts";
import type { ColumnData } from "./columns.ts";
import type { ColumnElement } from "./typed_columns.ts";

/**
 * A row to append to columns: an object with values by column name. Columns with missing values may
 * be left out.
 */
export type ColumnRow<D> = string extends keyof D ? object
  :
    & { [K in Exclude<keyof D, NullableColumn<D>>]: RowValue<D[K]> }
    & { [K in NullableColumn<D>]?: RowValue<D[K]> | undefined };

/** The names of columns with missing values. */
export type NullableColumn<D> = {
  [K in keyof D]: D[K] extends ArrayLike<infer E> ? null extends E ? K : never : never;
}[keyof D];

/** The value of a row for a column. BigInts become numbers. */
export type RowValue<C> = number extends ColumnElement<C> ? ColumnElement<C> | bigint : ColumnElement<C>;

/**
 * Returns the columns of rows. Missing values become null, and BigInts numbers.
 *
 * @param rows Objects with values by column name.
 * @param names Names of columns to return also if no row has them.
 * @throws {TypeError} If a row is not an object.
 * @throws {RangeError} If a number cannot represent a BigInt exactly.
 */
export function columnsOfRows(rows: Iterable<object>, names: readonly string[] = []): ColumnData {
  const columns = new Map<string, unknown[]>(names.map((name) => [name, []]));
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
