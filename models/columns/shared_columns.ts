/**
 * Data sources of documents whose columns belong to a shared source: only the shared source changes
 * them.
 *
 * @module
 */

import type { ModelBase } from "../base/model_base.ts";

/** The names of the shared sources, by the data sources that show their columns. */
const names = new WeakMap<ModelBase, string>();

/** Functions that show the columns of a shared source in a data source, by the name of the shared source. */
const restorers = new Map<string, (source: ModelBase) => void>();

/** Sets the function that shows the columns of a shared source in a data source that a session store has kept. */
export function onSharedColumnsRestored(name: string, restore: (source: ModelBase) => void): void {
  restorers.set(name, restore);
}

/**
 * Shows the columns of a shared source in a data source again. Returns false if the program has no shared source of
 * that name.
 */
export function restoreSharedColumns(source: ModelBase, name: string): boolean {
  const restore = restorers.get(name);
  if (restore !== undefined && !names.has(source)) restore(source);
  return restore !== undefined;
}

/** Returns the name of the shared source whose columns a data source shows. */
export function sharedSourceName(source: ModelBase): string | undefined {
  return names.get(source);
}

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
