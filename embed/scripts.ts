/**
 * The inline scripts of pages.
 *
 * @module
 */

import { PROTOCOL_ERRORS } from "../protocol/error.ts";
import { indent, scriptJson } from "./escape.ts";
import type { ScriptLink } from "./resources.ts";

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

/** Close codes after which only a reload helps. */
const ENDED = [PROTOCOL_ERRORS.session_gone.wsClose, PROTOCOL_ERRORS.token_expired.wsClose];

/**
 * Offers a reload when a websocket of BokehJS is closed because its session has ended: BokehJS itself would ask for it again for ever. It
 * runs before the websocket is opened, once in a page, and leaves all other websockets of the page alone.
 */
export const RELOAD_SCRIPT = `(() => {
  if (globalThis._bokeh_offers_reload) return;
  globalThis._bokeh_offers_reload = true;
  const offer = () => {
    if (document.getElementById("bokeh-session-gone")) return;
    const note = Object.assign(document.createElement("div"), { id: "bokeh-session-gone", textContent: "This session has ended. " });
    note.setAttribute("role", "alert");
    note.style.cssText = "position:fixed;inset:auto 0 0;padding:12px;text-align:center;background:#333;color:#fff;font:16px sans-serif;z-index:99999";
    note.append(Object.assign(document.createElement("button"), { textContent: "Reload", onclick: () => location.reload() }));
    document.body.append(note);
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(url, protocols = []) {
      super(url, protocols);
      if (protocols[0] === "bokeh") this.addEventListener("close", ({ code }) => ${
  scriptJson(ENDED)
}.includes(code) && offer());
    }
  };
})();`;

/** A `<script>` with this code; an empty text for no code. */
export function scriptTag(code: string, nonce?: string): string {
  return code === "" ? "" : `<script${nonceAttribute(nonce)}>\n${indent(code, 2)}\n</script>`;
}

/** What lets a script or a style of the page pass its Content-Security-Policy. */
export function nonceAttribute(nonce: string | undefined): string {
  return nonce === undefined ? "" : ` nonce="${nonce}"`;
}
