/**
 * The page of an application.
 *
 * @module
 */

import { html, indent, scriptJson } from "../escape.ts";
import { PrecompiledTemplate } from "../precompiled_template.ts";
import { embedElement, type RenderItem, type RootElement } from "../render_item.ts";
import type { ScriptLink } from "../resources/resources.ts";
import {
  CONNECTION_SCRIPT,
  lateScript,
  logLevelScript,
  nonceAttribute,
  scriptTag,
  showDocumentsScript,
} from "../scripts/page_scripts.ts";

/** What a page is made of. */
export interface PageOptions {
  /** Title of the tab until the document gives its own. */
  title: string;
  /** URL of the icon. Browsers request `/favicon.ico` by default. */
  iconUrl?: string | undefined;
  /** Scripts that must be loaded first. */
  scripts: readonly ScriptLink[];
  /** Texts of scripts that the page carries in itself. */
  inlineScripts?: readonly string[];
  /** Scripts that are loaded after everything else. */
  lateScripts?: readonly ScriptLink[];
  /** Level of BokehJS's log. */
  logLevel: string;
  /** Documents without a server by id; `{}` for those of sessions. */
  docs: Readonly<Record<string, unknown>>;
  /** What is shown where. */
  renderItems: readonly RenderItem[];
  /** The elements of the roots, in their order. */
  roots: readonly RootElement[];
  /** What the page's Content-Security-Policy knows its scripts and styles by. */
  nonce?: string;
}

/** The parts of a page, each safe as it is to stand in HTML. */
export interface PageParts {
  /** Text of the title. */
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

const STYLE = "html, body { box-sizing: border-box; display: flow-root; height: 100%; margin: 0; padding: 0; }";

/** What differs between pages that are else the same. */
const GAPS = ["title", "nonce", "roots", "docs", "items"] as const;

type PageText = PrecompiledTemplate<typeof GAPS[number]>;

/** The parts of which an application's own template makes a page. */
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

/** A whole page in Bokeh's own form. */
export function renderPage(options: PageOptions): string {
  return pageText(options).fill({
    title: html(options.title),
    nonce: options.nonce ?? "",
    roots: options.roots.map((root) => `${embedElement(root)}\n    `).join(""),
    docs: scriptJson(options.docs),
    items: scriptJson(options.renderItems),
  });
}

/** The texts of pages by the list of their scripts: a server gives all its pages the same list. */
const texts = new WeakMap<readonly ScriptLink[], { text: PageText; kind: readonly unknown[] }>();

function pageText(options: PageOptions): PageText {
  const kind = kindOf(options);
  const known = texts.get(options.scripts);
  if (known?.kind.length === kind.length && known.kind.every((part, index) => part === kind[index])) return known.text;
  const text = writePage(options);
  texts.set(options.scripts, { text, kind });
  return text;
}

/** What pages with the same scripts have in common if they differ only in their gaps. */
function kindOf({ iconUrl, logLevel, lateScripts, nonce, renderItems, inlineScripts = [] }: PageOptions): unknown[] {
  return [iconUrl, logLevel, lateScripts, nonce === undefined, haveSession(renderItems), ...inlineScripts];
}

function writePage(options: PageOptions): PageText {
  return new PrecompiledTemplate(GAPS, ({ title, nonce, roots, docs, items }) => {
    const page = options.nonce === undefined ? options : { ...options, nonce };
    return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    ${iconLink(page.iconUrl)}${styleTag(page.nonce)}
${indentTags(scriptTags(page))}
  </head>
  <body>
${indentTags(roots + plotScript(page, docs, items))}
  </body>
</html>
`;
  });
}

/** Returns the link to the icon of a page; empty for the default. */
export function iconLink(url: string | undefined): string {
  return url === undefined ? "" : `<link rel="icon" href="${html(url)}">\n    `;
}

function haveSession(items: readonly RenderItem[]): boolean {
  return items.some((item) => item.token !== undefined);
}

function styleTag(nonce: string | undefined): string {
  return `<style${nonceAttribute(nonce)}>${STYLE}</style>`;
}

/** The scripts that show documents: these, as JSON, by render items, as JSON. */
function plotScript({ lateScripts = [], nonce }: PageOptions, docs: string, items: string): string {
  const id = crypto.randomUUID();
  const documents = `<script type="application/json" id="${id}">\n  ${docs}\n</script>`;
  const show = showDocumentsScript(`document.getElementById('${id}').textContent`, items);
  return [documents, scriptTag(show, nonce), scriptTag(lateScript(lateScripts), nonce)].filter((tag) => tag !== "")
    .join("\n");
}

/** The scripts that must be there before the documents. */
function scriptTags(options: PageOptions): string {
  const { nonce } = options;
  const attribute = nonceAttribute(nonce);
  const tags = [
    ...options.scripts.map((script) => `<script${attribute}${linkAttributes(script)}></script>`),
    ...(options.inlineScripts ?? []).map((text) =>
      `<script${attribute}>\n${text.replaceAll("</script", "<\\/script")}\n</script>`
    ),
    haveSession(options.renderItems) ? scriptTag(CONNECTION_SCRIPT, nonce) : "",
    scriptTag(logLevelScript(options.logLevel), nonce),
  ];
  return tags.filter((tag) => tag !== "").join("\n");
}

/** Returns the attributes of a linked script. Browsers check the hash of a script of another origin only if CORS shares it. */
function linkAttributes({ src, integrity }: ScriptLink): string {
  const checked = integrity === undefined ? "" : ` integrity="${html(integrity)}" crossorigin="anonymous"`;
  return ` src="${html(src)}"${checked}`;
}

/** Indents all but what scripts carry in themselves, which may hold texts of several lines. */
function indentTags(block: string): string {
  return block.length > 100_000 ? block : indent(block, 4);
}
