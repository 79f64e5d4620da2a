/**
 * The inline scripts of pages.
 *
 * @module
 */

import connectionSource from "../browser/connection.js" with { type: "text" };
import { indent, scriptJson } from "../escape.ts";
import type { ScriptLink } from "../resources/resources.ts";

/** What {@linkcode embedScript} puts on a page. */
export interface EmbedScriptOptions {
  /** JavaScript expression of the documents: an object, its JSON, or where that is found. */
  docsJson: string;
  /** What is shown where: the render items as JSON that may stand in a script. */
  itemsJson: string;
  /** Path of the application on its server, where the page is another's. */
  appPath?: string | undefined;
  /** URL of the application, where the page is another's. */
  absoluteUrl?: string | undefined;
}

/** JavaScript that shows documents as soon as the page has its elements. */
export function embedScript(options: EmbedScriptOptions): string {
  return `(() => {
  const show = () => {
    if (globalThis.Bokeh === undefined) {
      console.error("BokehJS is not here: its scripts did not load");
      return;
    }
    Bokeh.safely(() => {
      const docs_json = ${options.docsJson};
      const render_items = ${options.itemsJson};
      Bokeh.embed.embed_items(${embedArguments(options)});
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();`;
}

function embedArguments({ appPath, absoluteUrl }: EmbedScriptOptions): string {
  const args = ["docs_json", "render_items"];
  if (appPath !== undefined || absoluteUrl !== undefined) args.push(scriptJson(appPath ?? null));
  if (absoluteUrl !== undefined) args.push(scriptJson(absoluteUrl));
  return args.join(", ");
}

/** Returns JavaScript that loads scripts after everything else of the page: those that only a later change of a document may need. */
export function lateScript(scripts: readonly ScriptLink[]): string {
  if (scripts.length === 0) return "";
  return `(() => {
  const load = () => {
    for (const { src, integrity } of ${scriptJson(scripts)}) {
      const checked = integrity === undefined ? {} : { integrity, crossOrigin: "anonymous" };
      document.head.append(Object.assign(document.createElement("script"), { src, async: false, ...checked }));
    }
  };
  if (document.readyState === "complete") load();
  else addEventListener("load", load);
})();`;
}

/**
 * JavaScript that keeps the connections of BokehJS to this server alive: see `browser/connection.js`. It runs once BokehJS is loaded; to
 * run it again does nothing.
 */
export const CONNECTION_SCRIPT: string = `(() => {\n${indent(withoutComments(connectionSource), 2)}\n})();`;

/** Removes the lines of a script that hold nothing but a comment. */
export function withoutComments(source: string): string {
  const isCode = (line: string) => !/^(?:\/\/|\/\*|\*|$)/.test(line.trimStart());
  return source.split("\n").filter(isCode).join("\n");
}

/** A `<script>` with this code; an empty text for no code. */
export function scriptTag(code: string, nonce?: string): string {
  return code === "" ? "" : `<script${nonceAttribute(nonce)}>\n${indent(code, 2)}\n</script>`;
}

/** What lets a script or a style of the page pass its Content-Security-Policy. */
export function nonceAttribute(nonce: string | undefined): string {
  return nonce === undefined ? "" : ` nonce="${nonce}"`;
}
