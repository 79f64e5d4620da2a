/**
 * Warnings about columns of different lengths. A data source accepts them, as in Python, because an
 * application may replace one column after the other, and warns if the lengths stay different.
 *
 * @module
 */

import { currentBudget } from "../../protocol/work_budget.ts";
import { type ColumnData, rowCount } from "./columns.ts";
import type { ModelLike } from "../base/model_like.ts";
import { warnAuthor } from "../diagnostics/warn_author.ts";

/** Data sources whose lengths a microtask will check. */
const watched = new WeakSet<ModelLike>();

/**
 * Warns if columns have different lengths, and still have at the end of the running function.
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
    if (isOfClient) source.membership?.host.warn(warning);
    else warnAuthor("models", warning);
  });
}

/** Maximum number of columns, and of characters of a name, in a warning. */
const MAX_SHOWN_COLUMNS = 20;
const MAX_SHOWN_NAME_LENGTH = 60;

function shorten(name: string): string {
  return name.length > MAX_SHOWN_NAME_LENGTH ? `${name.slice(0, MAX_SHOWN_NAME_LENGTH)}…` : name;
}

/** Returns the lengths of columns by name, or undefined if all lengths are equal. */
export function raggedLengths(columns: ColumnData): string | undefined {
  const names = Object.keys(columns);
  const first = names.length === 0 ? 0 : rowCount(columns[names[0]!]!);
  if (names.every((name) => rowCount(columns[name]!) === first)) return undefined;
  const shown = names.slice(0, MAX_SHOWN_COLUMNS).map((name) => `${shorten(name)}: ${rowCount(columns[name]!)}`);
  return `${shown.join(", ")}${names.length > shown.length ? ", …" : ""}`;
}
