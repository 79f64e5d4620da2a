/**
 * The page of an application.
 *
 * @module
 */

import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import { html, indent, scriptJson } from "./escape.ts";
import { embedElement, type RenderItem, type RootElement } from "./render_item.ts";
import { embedScript, lateScript, nonceAttribute, reloadScript, scriptTag } from "./scripts.ts";

/** What a page is made of. */
export interface PageOptions {
  /** Title of the tab until the document gives its own. */
  title: string;
  /** URLs of scripts that must be there first. */
  scripts: readonly string[];
  /** Texts of scripts that the page carries in itself. */
  inlineScripts?: readonly string[];
  /** URLs of scripts that may come after all else. */
  lateScripts?: readonly string[];
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
  /** Styles of the page. */
  css: string;
  /** Scripts that load BokehJS. */
  js: string;
  /** The scripts that show the documents. */
  plotScript: string;
  /** The elements of the roots. */
  roots: readonly RootElement[];
}

/** Close codes after which only a reload helps. */
const ENDED = [PROTOCOL_ERRORS.session_gone.wsClose, PROTOCOL_ERRORS.token_expired.wsClose];

/** Offers a reload where the session is gone. */
const RELOAD = reloadScript(ENDED);

const STYLE = "html, body { box-sizing: border-box; display: flow-root; height: 100%; margin: 0; padding: 0; }";

/** The parts of which {@linkcode renderPage}, and an application's own template, make a page. */
export function pageParts(options: PageOptions): PageParts {
  const id = crypto.randomUUID();
  const documents = `<script type="application/json" id="${id}">\n  ${scriptJson(options.docs)}\n</script>`;
  const show = embedScript({
    docsJson: `document.getElementById('${id}').textContent`,
    renderItems: options.renderItems,
  });
  const { nonce } = options;
  return {
    title: options.title,
    css: `<style${nonceAttribute(nonce)}>${STYLE}</style>`,
    js: scriptTags(options),
    plotScript: [documents, scriptTag(show, nonce), scriptTag(lateScript(options.lateScripts ?? []), nonce)].filter((
      tag,
    ) => tag !== "")
      .join("\n"),
    roots: options.roots,
  };
}

/** The scripts that must be there before the documents. */
function scriptTags(options: PageOptions): string {
  const served = options.renderItems.some((item) => item.token !== undefined);
  const { nonce } = options;
  const attribute = nonceAttribute(nonce);
  const tags = [
    ...options.scripts.map((url) => `<script${attribute} src="${html(url)}"></script>`),
    ...(options.inlineScripts ?? []).map((text) =>
      `<script${attribute}>\n${text.replaceAll("</script", "<\\/script")}\n</script>`
    ),
    served ? scriptTag(RELOAD, nonce) : "",
    scriptTag(`Bokeh.set_log_level(${scriptJson(options.logLevel)});`, nonce),
  ];
  return tags.filter((tag) => tag !== "").join("\n");
}

/** The heads of pages by the list of their scripts: a server gives all its pages the same list. */
const heads = new WeakMap<readonly string[], { js: string; indented: string }>();

function indentedHead(js: string, scripts: readonly string[]): string {
  const known = heads.get(scripts);
  if (known?.js === js) return known.indented;
  const indented = indentTags(js);
  heads.set(scripts, { js, indented });
  return indented;
}

/** A whole page in Bokeh's own form. */
export function renderPage(options: PageOptions): string {
  const parts = pageParts(options);
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${html(parts.title)}</title>
    ${parts.css}
${indentedHead(parts.js, options.scripts)}
  </head>
  <body>
${indentTags([...parts.roots.map(embedElement), parts.plotScript].join("\n"))}
  </body>
</html>
`;
}

/** Indents all but what scripts carry in themselves, which may hold texts of several lines. */
function indentTags(block: string): string {
  return block.length > 100_000 ? block : indent(block, 4);
}
