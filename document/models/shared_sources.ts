/**
 * The data sources of a document that show the columns of shared sources.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { restoreSharedColumns, sharedSourceName } from "../../models/columns/shared_columns.ts";
import type { Document } from "../document.ts";

/** The id of a data source, and the name of the shared source whose columns it shows. */
export type SharedColumns = readonly [id: string, name: string];

/** Returns which of some models show the columns of shared sources. */
export function sharedColumnsOf(models: Iterable<Model>): SharedColumns[] {
  const shared: SharedColumns[] = [];
  for (const model of models) {
    const name = sharedSourceName(model);
    if (name !== undefined) shared.push([model.id, name]);
  }
  return shared;
}

/**
 * Shows the columns of shared sources in the data sources of a document again. Ignores data sources that the document
 * does not have. Returns the names for which the program has no shared source.
 */
export function showSharedColumns(document: Document, shared: readonly SharedColumns[]): string[] {
  return shared.filter(([id, name]) => {
    const source = document.get_model_by_id(id);
    return source !== null && !restoreSharedColumns(source, name);
  }).map(([, name]) => name);
}
