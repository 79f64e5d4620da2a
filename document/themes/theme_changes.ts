/**
 * Changes of attributes when the theme of a document is replaced.
 *
 * @module
 */

import { matches } from "../../models/values/equality.ts";
import type { ModelChange } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { Theme } from "./theme.ts";

/**
 * Replaces the theme of a document and returns the resulting changes. Attributes that are set on a
 * model do not change.
 *
 * @param models The models of the document.
 * @param themes The theme before and after.
 * @param swap Replaces the theme.
 */
export function changeTheme(
  models: Iterable<Model>,
  { before, after }: { before: Theme | null; after: Theme | null },
  swap: () => void,
): ModelChange<Model>[] {
  const themed: { model: Model; attr: string; old: unknown }[] = [];
  for (const model of models) {
    for (const attr of themedAttributes(model.type, before, after)) {
      if (model.rawValue(attr) === undefined) themed.push({ model, attr, old: model.get(attr) });
    }
  }
  swap();
  return themed
    .map(({ model, attr, old }) => ({ model, attr, old, value: model.get(attr) }))
    .filter(({ old, value }) => !matches(old, value));
}

function themedAttributes(type: string, ...themes: (Theme | null)[]): Set<string> {
  return new Set(themes.flatMap((theme) => [...theme?.forType(type)?.keys() ?? []]));
}
