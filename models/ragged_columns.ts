/**
 * Columns of different lengths: refused where an author sets them all at once. They are taken from clients, as Bokeh's server
 * takes them, and while one column after the other is replaced, but hardly meant to stay.
 *
 * @module
 */

import { type ColumnData, rowCount } from "./columns.ts";
import type { Model } from "./model.ts";
import { warnAuthor } from "./warn_author.ts";

const watched = new WeakSet<Model>();

/**
 * Warns where columns that a data source has been given differ in length, unless they no longer do once the function that
 * is running has ended.
 *
 * @param source The data source.
 * @param columns Its new columns.
 */
export function watchLengths(source: Model, columns: ColumnData): void {
  if (raggedLengths(columns) === undefined || watched.has(source)) return;
  watched.add(source);
  queueMicrotask(() => {
    watched.delete(source);
    const lengths = raggedLengths(source.rawValue("data") as ColumnData);
    if (lengths !== undefined) warnAuthor("models", `Columns of a ${source.type} differ in length: ${lengths}`);
  });
}

/** Throws a RangeError that lists all lengths where columns that are set together differ in length. */
export function refuseRagged(source: Model, columns: ColumnData): void {
  const lengths = raggedLengths(columns);
  if (lengths !== undefined) {
    throw new RangeError(`Cannot set ${source.type}.data to columns of different lengths: ${lengths}`);
  }
}

/** The lengths of columns by name, undefined where they are all the same. */
export function raggedLengths(columns: ColumnData): string | undefined {
  const names = Object.keys(columns);
  const first = names.length === 0 ? 0 : rowCount(columns[names[0]!]!);
  if (names.every((name) => rowCount(columns[name]!) === first)) return undefined;
  return names.map((name) => `${name}: ${rowCount(columns[name]!)}`).join(", ");
}
