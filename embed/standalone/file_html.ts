/**
 * Embedding models as a whole page.
 *
 * @module
 */

import { neededComponents } from "../resources/bokehjs_components.ts";
import { standaloneExtensions } from "../extensions/page_extensions.ts";
import { type PageOptions, renderPage } from "../pages/page.ts";
import { rootElements, rootsOfItem } from "../render_item.ts";
import { Resources } from "../resources/resources.ts";
import { type Embeddable, standalone, type StandaloneOptions } from "./standalone.ts";
import { renderTemplatePage } from "../pages/template_page.ts";

/** Options of {@linkcode fileHtml}. */
export interface FileHtmlOptions extends StandaloneOptions {
  /**
   * Title of the page.
   *
   * @default The document's title; Bokeh's default title if the models belong to no document.
   */
  title?: string;
  /**
   * The source of BokehJS: Bokeh's CDN, or the page itself (`"inline"`, which adds
   * about 1.5 MB or more).
   *
   * @default {"cdn"}
   */
  resources?: Resources | "cdn" | "inline";
  /** Text of a Jinja template of the page. By default Bokeh's page is used. */
  template?: string;
  /**
   * Additional variables of the template.
   *
   * @default {{}}
   */
  templateVariables?: Readonly<Record<string, unknown>>;
}

/**
 * Returns an HTML page that shows models without a server. The page loads the parts of BokehJS that
 * the models need.
 *
 * @param source A model, several models, or a document with all its roots.
 * @throws {TypeError} If there is no model, or if the models belong to different documents.
 * @throws {RangeError} If the theme is not the name of a theme.
 * @throws {SyntaxError} If the template cannot be parsed or rendered.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { fileHtml } from "@bokeh/server/embed";
 * import { Div } from "@bokeh/server/models";
 *
 * const html = await fileHtml(new Div({ text: "Hello" }), { title: "Greeting" });
 * assertStringIncludes(html, "<title>Greeting</title>");
 * ```
 */
export async function fileHtml(source: Embeddable, options: FileHtmlOptions = {}): Promise<string> {
  const { json, roots, models } = standalone(source, options);
  const { resources = "cdn", template, templateVariables = {} } = options;
  const bokehjs = resources instanceof Resources ? resources : new Resources({ mode: resources });
  const components = neededComponents(models);
  const elements = rootElements(roots);
  const docid = crypto.randomUUID();
  const extensions = await standaloneExtensions(models);
  const page: PageOptions = {
    title: options.title ?? json.title,
    scripts: [...bokehjs.scripts(components), ...extensions.scripts],
    inlineScripts: [...await bokehjs.texts(components), ...extensions.inlineScripts],
    logLevel: bokehjs.logLevel,
    docs: { [docid]: { ...json, version: bokehjs.version } },
    renderItems: [{ docid, ...rootsOfItem(elements) }],
    roots: elements,
  };
  return template === undefined
    ? renderPage(page)
    : renderTemplatePage({ template, variables: templateVariables }, page);
}
