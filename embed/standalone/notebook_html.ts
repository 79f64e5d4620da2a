/**
 * Models as the output of a notebook's cell.
 *
 * @module
 */

import type { Model } from "../../models/base/model.ts";
import notebookSource from "../browser/notebook.js" with { type: "text" };
import showSource from "../browser/show_documents.js" with { type: "text" };
import { scriptJson } from "../escape.ts";
import { standaloneExtensions } from "../extensions/page_extensions.ts";
import { embedElement, type RenderItem, rootElements, rootsOfItem } from "../render_item.ts";
import { neededComponents } from "../resources/bokehjs_components.ts";
import { Resources } from "../resources/resources.ts";
import { textTag } from "../scripts/page_scripts.ts";
import { includeScripts, inFunction, scriptTemplate } from "../scripts/script_template.ts";
import { type Embeddable, standalone, type StandaloneOptions } from "./standalone.ts";

/** Options of {@linkcode notebookHtml}. */
export interface NotebookHtmlOptions extends StandaloneOptions {
  /**
   * The source of BokehJS: Bokeh's CDN, or the output itself (`"inline"`).
   *
   * @default {"cdn"}
   */
  readonly resources?: "cdn" | "inline";
}

const NOTEBOOK = scriptTemplate(
  () => includeScripts(notebookSource, { "show_documents.js": inFunction(showSource) }),
  ["ELEMENT_ID", "NOTEBOOK_SCRIPTS", "DOCUMENTS", "RENDER_ITEMS", "APPLICATION_URL"],
);

/** Returns the HTML of an output that shows models. BokehJS is loaded once for all outputs of a notebook. */
export async function notebookHtml(source: Embeddable, options: NotebookHtmlOptions = {}): Promise<string> {
  const { json, roots, models } = standalone(source, options);
  const used = [...models];
  const elements = rootElements(roots);
  const output = crypto.randomUUID();
  const docid = crypto.randomUUID();
  const item: RenderItem = { docid, ...rootsOfItem(elements) };
  const script = NOTEBOOK.fill({
    ELEMENT_ID: scriptJson(output),
    NOTEBOOK_SCRIPTS: scriptJson(await scriptsOf(used, options.resources ?? "cdn")),
    DOCUMENTS: scriptJson({ [docid]: json }),
    RENDER_ITEMS: scriptJson([item]),
    APPLICATION_URL: "",
  });
  return `<div id="${output}">${elements.map(embedElement).join("\n")}</div>\n${textTag(script)}`;
}

async function scriptsOf(models: readonly Model[], mode: "cdn" | "inline"): Promise<object[]> {
  const resources = new Resources({ mode });
  const components = neededComponents(models);
  const [links, texts] = [resources.scripts(components), await resources.texts(components)];
  const extensions = await standaloneExtensions(models);
  return [
    ...components.map((component, index) => ({
      name: `${component}.min.js`,
      ...mode === "cdn" ? links[index] : { text: texts[index] },
    })),
    ...extensions.scripts.map((link) => ({ name: link.src, ...link })),
    // The scripts of custom models register them once for each definition.
    ...extensions.inlineScripts.map((text) => ({ name: crypto.randomUUID(), text })),
  ];
}
