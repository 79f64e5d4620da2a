import { neededComponents } from "../resources/bokehjs_components.ts";
import { type PageOptions, renderPage } from "../pages/page.ts";
import { rootElements, rootsOfItem } from "../render_item.ts";
import { Resources } from "../resources/resources.ts";
import { type Embeddable, standalone, type StandaloneOptions } from "./standalone.ts";
import { renderTemplatePage } from "../pages/template_page.ts";

/** Options of {@linkcode fileHtml}. */
export interface FileHtmlOptions extends StandaloneOptions {
  /** Title of the page. That of the document by default. */
  title?: string;
  /**
   * Where the page gets BokehJS.
   *
   * @default {"cdn"}
   */
  resources?: Resources | "cdn" | "inline";
  /** Text of a template, in the language of Jinja, to use for the page. */
  template?: string;
  /**
   * Values for the template.
   *
   * @default {{}}
   */
  templateVariables?: Readonly<Record<string, unknown>>;
}

/**
 * A page that shows models and needs no server.
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
  const from = resources instanceof Resources ? resources : new Resources({ mode: resources });
  const components = neededComponents(models);
  const elements = rootElements(roots);
  const docid = crypto.randomUUID();
  const page: PageOptions = {
    title: options.title ?? json.title,
    scripts: from.scripts(components),
    inlineScripts: await from.texts(components),
    logLevel: from.logLevel,
    docs: { [docid]: { ...json, version: from.version } },
    renderItems: [{ docid, ...rootsOfItem(elements) }],
    roots: elements,
  };
  return template === undefined
    ? renderPage(page)
    : renderTemplatePage({ template, variables: templateVariables }, page);
}
