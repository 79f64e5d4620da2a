/**
 * Data sources of documents whose columns belong to a shared source: only the shared source changes
 * them.
 *
 * @module
 */

import type { ModelBase } from "../base/model_base.ts";

/** The names of the shared sources, by the data sources that show their columns. */
const names = new WeakMap<ModelBase, string>();

/** Makes the columns of a data source those of a shared source. */
export function shareColumns(source: ModelBase, name: string): void {
  names.set(source, name);
}

/** Returns whether an attribute holds the columns of a shared source. */
export function hasSharedColumns(model: ModelBase, attr: string): boolean {
  return attr === "data" && names.has(model);
}

/**
 * Checks that a document may change an attribute.
 *
 * @throws {TypeError} If the attribute holds the columns of a shared source.
 */
export function requireOwnColumns(model: ModelBase, attr: string): void {
  if (!hasSharedColumns(model, attr)) return;
  const name = JSON.stringify(names.get(model));
  throw new TypeError(
    `Cannot change the columns of shared source ${name} in one document: call the methods of the shared source`,
  );
}
