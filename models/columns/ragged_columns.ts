/**
 * Columns of different lengths. A data source takes them, as in Python, because an application may replace one column after
 * the other, and warns if they stay so.
 *
 * @module
 */

import { currentBudget } from "../../protocol/work_budget.ts";
import { type ColumnData, rowCount } from "./columns.ts";
import type { ModelLike } from "../base/model_like.ts";
import { warnAuthor } from "../diagnostics/warn_author.ts";

const watched = new WeakSet<ModelLike>();

/**
 * Warns where columns that a data source has been given differ in length, unless they no longer do once the function that
 * is running has ended.
 *
 * @param source The data source.
 * @param columns Its new columns.
 */
export function watchLengths(source: ModelLike, columns: ColumnData): void {
  if (raggedLengths(columns) === undefined || watched.has(source)) return;
  watched.add(source);
  const isOfClient = currentBudget() !== undefined;
  queueMicrotask(() => {
    watched.delete(source);
    const lengths = raggedLengths(source.rawValue("data") as ColumnData);
    if (lengths === undefined) return;
    const warning = `The columns of a ${source.type} must be of the same length. Current lengths: ${lengths}`;
    if (isOfClient) source.document?.warn(warning);
    else warnAuthor("models", warning);
  });
}

const MAX_SHOWN_COLUMNS = 20;
const MAX_SHOWN_NAME_LENGTH = 60;

function shorten(name: string): string {
  return name.length > MAX_SHOWN_NAME_LENGTH ? `${name.slice(0, MAX_SHOWN_NAME_LENGTH)}…` : name;
}

/** The lengths of columns by name, undefined where they are all the same. */
export function raggedLengths(columns: ColumnData): string | undefined {
  const names = Object.keys(columns);
  const first = names.length === 0 ? 0 : rowCount(columns[names[0]!]!);
  if (names.every((name) => rowCount(columns[name]!) === first)) return undefined;
  const shown = names.slice(0, MAX_SHOWN_COLUMNS).map((name) => `${shorten(name)}: ${rowCount(columns[name]!)}`);
  return `${shown.join(", ")}${names.length > shown.length ? ", …" : ""}`;
}
