/**
 * What another theme changes in models that are there already.
 *
 * @module
 */

import { matches } from "../../models/values/equality.ts";
import type { ModelChange } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { Theme } from "./theme.ts";

/**
 * Puts another theme into force and finds out what it changes: attributes that no author has set.
 *
 * @param models The models.
 * @param themes The theme that was in force, and the one that will be.
 * @param swap Puts the new theme into force.
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
