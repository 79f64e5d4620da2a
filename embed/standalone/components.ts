/**
 * Embedding models as parts of a page.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import { extensionsOf, partsOf, scriptsOfSync } from "../extensions/extension_scripts.ts";
import { scriptJson } from "../escape.ts";
import { embedElement, type RenderItem, rootElements, rootsOfItem } from "../render_item.ts";
import { linkTag, scriptTag, showDocumentsScript, textTag } from "../scripts/page_scripts.ts";
import { standalone, type StandaloneOptions } from "./standalone.ts";

/**
 * The elements of models in the form of the argument: one element, an array, or an object with the
 * same keys.
 */
export type Divs<T> = T extends Model ? string : T extends readonly unknown[] ? string[] : { [K in keyof T]: string };

/** Parts of a page that show models. */
export interface Components<T> {
  /**
   * A `<script>` element that shows the models. It may be anywhere after the scripts of BokehJS.
   * Elements with the scripts of custom models precede it.
   */
  readonly script: string;
  /** The elements in which the models are shown, in the form of the argument. */
  readonly div: Divs<T>;
}

/**
 * Returns models as parts of a page that loads BokehJS itself: a script with their data, and an
 * element for each.
 *
 * @param models A model, an array of models, or models by names of the caller's choice.
 * @throws {TypeError} If there is no model, or if the models belong to different documents.
 * @throws {RangeError} If the theme is not the name of a theme.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { components } from "@bokeh/server/embed";
 * import { Div } from "@bokeh/server/models";
 *
 * const { script, div } = components({ greeting: new Div({ text: "Hello" }) });
 * assertStringIncludes(script, "Hello");
 * assertStringIncludes(div.greeting, "data-root-id");
 * ```
 */
export function components<T extends Model | readonly Model[] | Readonly<Record<string, Model>>>(
  models: T,
  options: StandaloneOptions = {},
): Components<T> {
  const named = isModel(models) ? { only: models } : models;
  const { json, roots, models: all } = standalone(Object.values(named), options);
  const elements = rootElements(roots);
  const docid = crypto.randomUUID();
  const { scripts, inlineScripts } = partsOf(extensionsOf(all).flatMap((found) => scriptsOfSync(found).scripts));
  const show = scriptTag(showDocumentsScript(
    scriptJson({ [docid]: json }),
    scriptJson([{ docid, ...rootsOfItem(elements) } satisfies RenderItem]),
  ));
  const script = [...scripts.map((link) => linkTag(link)), ...inlineScripts.map((text) => textTag(text)), show].join(
    "\n",
  );
  const divs = elements.map(embedElement);
  const byName = Object.fromEntries(Object.keys(named).map((name, index) => [name, divs[index]]));
  // TypeScript cannot relate the form of the result to that of the argument here
  return { script, div: (isModel(models) ? divs[0] : Array.isArray(models) ? divs : byName) as Divs<T> };
}

function isModel(value: Model | readonly Model[] | Readonly<Record<string, Model>>): value is Model {
  return "references" in value && typeof value.references === "function";
}
