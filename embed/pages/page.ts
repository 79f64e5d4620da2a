/**
 * The page of an application.
 *
 * @module
 */

import { html, indent, scriptJson } from "../escape.ts";
import { PrecompiledTemplate } from "../precompiled_template.ts";
import { embedElement, type RenderItem, type RootElement } from "../render_item.ts";
import type { ScriptLink } from "../resources/resources.ts";
import { appearanceScript } from "../scripts/appearance_script.ts";
import {
  connectionScript,
  lateScript,
  linkTag,
  logLevelScript,
  nonceAttribute,
  scriptTag,
  showDocumentsScript,
  textTag,
} from "../scripts/page_scripts.ts";

/** Contents of a page. */
export interface PageOptions {
  /** Title of the page until BokehJS sets that of the document. */
  title: string;
  /** Language of the page. @default {"en"} */
  lang?: string | undefined;
  /** Description of the page for search engines and previews of links. */
  description?: string | undefined;
  /** Color schemes that the page supports: `light dark`, `light` or `dark`. @default {"light dark"} */
  colorScheme?: string | undefined;
  /** URL of the icon. Browsers request `/favicon.ico` by default. */
  iconUrl?: string | undefined;
  /** Scripts that are loaded before the documents are shown. */
  scripts: readonly ScriptLink[];
  /** Source texts of scripts that the page contains. */
  inlineScripts?: readonly string[];
  /**
   * Link to the script that keeps connections to the server open. By default, pages of sessions
   * contain the script.
   */
  connectionLink?: ScriptLink | undefined;
  /** Scripts that are loaded after everything else. */
  lateScripts?: readonly ScriptLink[];
  /** Log level of BokehJS. */
  logLevel: string;
  /** Documents without a server by id; an empty object for pages of sessions. */
  docs: Readonly<Record<string, unknown>>;
  /** Which document or session is shown in which elements. */
  renderItems: readonly RenderItem[];
  /** The elements of the roots, in the document's order. */
  roots: readonly RootElement[];
  /** Nonce of the page's Content-Security-Policy, for its scripts and styles. */
  nonce?: string;
}

/** The parts of a page for the template of an application. All but the title are HTML. */
export interface PageParts {
  /** Title as text, which is not escaped. */
  title: string;
  /** The link to the icon. */
  icon: string;
  /** Styles of the page. */
  css: string;
  /** Scripts that load BokehJS. */
  js: string;
  /** The scripts that show the documents. */
  plotScript: string;
  /** The elements of the roots. */
  roots: readonly RootElement[];
}

/** Styles of pages whose documents fill the window. */
export const PAGE_STYLE =
  "html, body { box-sizing: border-box; display: flow-root; height: 100%; margin: 0; padding: 0; }";

/**
 * Further styles of the pages of sessions: colors of the browser for the color scheme in force, and
 * a sign that the page is loading, which appears after half a second and until a root is drawn.
 */
const SESSION_STYLE = [
  "html { background: Canvas; color: CanvasText; }",
  "main { display: contents; }",
  "main:has(> div > *) + #bokeh-loading { display: none; }",
  "#bokeh-loading { position: fixed; inset: 40vh 0 auto; padding: 0 1rem; text-align: center; font: 1rem/1.5 system-ui, sans-serif; animation: bokeh-appear .3s .5s both; }",
  '#bokeh-loading:empty::before { content: ""; display: inline-block; width: 2rem; height: 2rem; border: 4px solid #8886; border-top-color: #4c8fc7; border-radius: 50%; animation: bokeh-turn 1s linear infinite; }',
  "@keyframes bokeh-appear { from { opacity: 0; } }",
  "@keyframes bokeh-turn { to { transform: rotate(360deg); } }",
].join(" ");

/** Id of the element of the roots that have no element of their own. */
const DOCUMENT_ELEMENT = "bokeh-document";

const DEFAULT_COLOR_SCHEME = "light dark";

/** The parts in which pages with the same options differ. */
const PLACEHOLDERS = ["title", "nonce", "roots", "docs", "items"] as const;

type PageTemplate = PrecompiledTemplate<typeof PLACEHOLDERS[number]>;

/** Returns the parts of a page for the template of an application. */
export function pageParts(options: PageOptions): PageParts {
  return {
    title: options.title,
    icon: iconLink(options.iconUrl),
    css: styleTag(options.nonce),
    js: scriptTags(options),
    plotScript: plotScript(options, scriptJson(options.docs), scriptJson(options.renderItems)),
    roots: options.roots,
  };
}

/** Returns a page in Bokeh's own form. */
export function renderPage(options: PageOptions): string {
  return templateOf(options).fill({
    title: html(options.title),
    nonce: options.nonce ?? "",
    roots: options.roots.map((root) => `${embedElement(root)}\n    `).join(""),
    docs: scriptJson(options.docs),
    items: scriptJson(options.renderItems.map(withElement)),
  });
}

/** Adds the element of the document to the item of a session whose roots are not known yet. */
function withElement(item: RenderItem): RenderItem {
  const isUnknown = item.token !== undefined && (item.root_ids ?? []).length === 0;
  return isUnknown ? { elementid: DOCUMENT_ELEMENT, ...item } : item;
}

/**
 * The last template for each list of scripts, with the options that it depends on. A server passes
 * the same array for all pages, which are then filled in instead of written.
 */
const templates = new WeakMap<readonly ScriptLink[], { template: PageTemplate; key: readonly unknown[] }>();

function templateOf(options: PageOptions): PageTemplate {
  const key = templateKey(options);
  const last = templates.get(options.scripts);
  if (last?.key.length === key.length && last.key.every((part, index) => part === key[index])) return last.template;
  const template = createTemplate(options);
  templates.set(options.scripts, { template, key });
  return template;
}

/**
 * Returns the options, apart from the list of scripts, on which the constant parts of a page
 * depend.
 */
function templateKey(
  {
    iconUrl,
    lang,
    description,
    colorScheme,
    logLevel,
    lateScripts,
    connectionLink,
    nonce,
    renderItems,
    inlineScripts = [],
  }: PageOptions,
): unknown[] {
  return [
    ...[iconUrl, lang, description, colorScheme, logLevel, lateScripts, connectionLink?.src],
    ...[nonce === undefined, includesSession(renderItems)],
    ...inlineScripts,
  ];
}

function createTemplate(options: PageOptions): PageTemplate {
  return new PrecompiledTemplate(PLACEHOLDERS, ({ title, nonce, roots, docs, items }) => {
    const page = options.nonce === undefined ? options : { ...options, nonce };
    const isSession = includesSession(page.renderItems);
    return `<!DOCTYPE html>
<html lang="${html(page.lang ?? "en")}">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    ${metaTags(page)}${iconLink(page.iconUrl)}${
      styleTag(page.nonce, isSession ? `${PAGE_STYLE} ${SESSION_STYLE}` : PAGE_STYLE)
    }
${isSession ? "" : indentTags(scriptTags(page))}
  </head>
  <body>
${isSession ? sessionBody(roots, scriptTags(page)) : indentTags(roots)}
${indentTags(plotScript(page, docs, items))}
  </body>
</html>
`;
  });
}

/**
 * Returns the body of the page of a session. Its scripts follow the elements, so that browsers show
 * that the page is loading while they load the scripts.
 */
function sessionBody(roots: string, scripts: string): string {
  return `    <main>
    ${roots}${embedElement({ elementid: DOCUMENT_ELEMENT })}
    </main>
    <div id="bokeh-loading" role="status" aria-label="Loading"></div>
    <noscript>This page requires JavaScript.</noscript>
${indentTags(scripts)}`;
}

/**
 * Returns the elements that state how a page looks and what it is about. A session's page only: a
 * file of the command `html` looks the same everywhere.
 */
function metaTags({ renderItems, description, colorScheme = DEFAULT_COLOR_SCHEME }: PageOptions): string {
  if (!includesSession(renderItems)) return "";
  const tags = [["viewport", "width=device-width, initial-scale=1"], ["color-scheme", colorScheme]];
  if (description !== undefined) tags.push(["description", description]);
  return tags.map(([name, content]) => `<meta name="${name}" content="${html(content!)}">\n    `).join("");
}

/** Returns the link to the icon of a page; empty for the default. */
export function iconLink(url: string | undefined): string {
  return url === undefined ? "" : `<link rel="icon" href="${html(url)}">\n    `;
}

function includesSession(items: readonly RenderItem[]): boolean {
  return items.some((item) => item.token !== undefined);
}

function styleTag(nonce: string | undefined, style: string = PAGE_STYLE): string {
  return `<style${nonceAttribute(nonce)}>${style}</style>`;
}

/**
 * Returns the script elements that show documents.
 *
 * @param docs Documents by id, as JSON.
 * @param items Render items, as JSON.
 */
function plotScript({ lateScripts = [], nonce }: PageOptions, docs: string, items: string): string {
  const id = crypto.randomUUID();
  const documents = `<script type="application/json" id="${id}">\n  ${docs}\n</script>`;
  const show = showDocumentsScript(`document.getElementById('${id}').textContent`, items);
  return [documents, scriptTag(show, nonce), scriptTag(lateScript(lateScripts), nonce)].filter((tag) => tag !== "")
    .join("\n");
}

/** Returns the script elements that must run before the documents are shown. */
function scriptTags(options: PageOptions): string {
  const { nonce } = options;
  const tags = [
    ...options.scripts.map((script) => linkTag(script, nonce)),
    ...(options.inlineScripts ?? []).map((text) => textTag(text, nonce)),
    includesSession(options.renderItems) ? connectionTag(options) : "",
    includesSession(options.renderItems)
      ? scriptTag(appearanceScript(options.colorScheme ?? DEFAULT_COLOR_SCHEME), options.nonce)
      : "",
    scriptTag(logLevelScript(options.logLevel), nonce),
  ];
  return tags.filter((tag) => tag !== "").join("\n");
}

function connectionTag({ connectionLink, nonce }: PageOptions): string {
  return connectionLink === undefined ? scriptTag(connectionScript(), nonce) : linkTag(connectionLink, nonce);
}

/** Indents tags, unless they contain BokehJS, whose string literals may have several lines. */
function indentTags(block: string): string {
  return block.length > 100_000 ? block : indent(block, 4);
}
