import type { Model } from "../../models/base/model.ts";
import { scriptJson } from "../escape.ts";
import { embedElement, type RenderItem, rootElements, rootsOfItem } from "../render_item.ts";
import { scriptTag, showDocumentsScript } from "../scripts/page_scripts.ts";
import { standalone, type StandaloneOptions } from "./standalone.ts";

/** Where each model goes: one element, a list of them, or one by each name. */
export type Divs<T> = T extends Model ? string : T extends readonly unknown[] ? string[] : { [K in keyof T]: string };

/** Parts of a page. */
export interface Components<T> {
  /** A `<script>` that shows the models; it may stand anywhere behind those of BokehJS. */
  readonly script: string;
  /** The elements of the models, in the form in which the models were given. */
  readonly div: Divs<T>;
}

/**
 * Models as parts of a page that loads BokehJS itself.
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
  const { json, roots } = standalone(Object.values(named), options);
  const elements = rootElements(roots);
  const docid = crypto.randomUUID();
  const script = scriptTag(showDocumentsScript(
    scriptJson({ [docid]: json }),
    scriptJson([{ docid, ...rootsOfItem(elements) } satisfies RenderItem]),
  ));
  const divs = elements.map(embedElement);
  const byName = Object.fromEntries(Object.keys(named).map((name, index) => [name, divs[index]]));
  // the type says how the form of the answer follows from that of the models, which TypeScript cannot see here
  return { script, div: (isModel(models) ? divs[0] : Array.isArray(models) ? divs : byName) as Divs<T> };
}

function isModel(value: Model | readonly Model[] | Readonly<Record<string, Model>>): value is Model {
  return "references" in value && typeof value.references === "function";
}
