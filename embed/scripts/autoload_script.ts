/**
 * `autoload.js`: the script that puts an application into a page of any origin.
 *
 * @module
 */

import { indent, scriptJson } from "../escape.ts";
import type { RenderItem } from "../render_item.ts";
import type { ScriptLink } from "../resources/resources.ts";
import { CONNECTION_SCRIPT, embedScript, lateScript } from "./page_scripts.ts";

/** What {@linkcode renderAutoload} is made of. */
export interface AutoloadOptions {
  /** Id of the element that takes the document. */
  elementId: string;
  /** Token of the session to show. */
  token: string;
  /** Scripts to load, unless the page has them. */
  scripts: readonly ScriptLink[];
  /** Scripts that are loaded after everything else. */
  lateScripts: readonly ScriptLink[];
  /** Path of the application on its server, where the page is another's. */
  appPath: string | undefined;
  /** URL of the application, where the page is of another origin. */
  absoluteUrl: string | undefined;
  /** Level of BokehJS's log. */
  logLevel: string;
}

/** The JavaScript that loads BokehJS, once for all applications of a page, and shows a session in an element. */
export function renderAutoload(options: AutoloadOptions): string {
  const item: RenderItem = { token: options.token, elementid: options.elementId, use_for_title: false };
  const show = embedScript({
    docsJson: "'{}'",
    itemsJson: scriptJson([item]),
    appPath: options.appPath,
    absoluteUrl: options.absoluteUrl,
  });
  return `"use strict";
(() => {
  if (document.getElementById(${scriptJson(options.elementId)}) === null) {
    console.error("Cannot show a Bokeh application: the page has no element with the id", ${
    scriptJson(options.elementId)
  });
    return;
  }
  const js_urls = ${scriptJson(options.scripts.map(({ src }) => src))};
  const js_hashes = ${scriptJson(options.scripts.map(({ integrity }) => integrity ?? ""))};
  const loads = globalThis._bokeh_scripts ??= new Map();
  const load = (src, index) => {
    const key = new URL(src, document.baseURI).pathname.split("/").at(-1);
    if (key === "bokeh.min.js" && globalThis.Bokeh !== undefined && !loads.has(key)) return;
    if (!loads.has(key)) {
      loads.set(key, new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src, async: false, onload: resolve });
        if (js_hashes[index]) Object.assign(script, { integrity: js_hashes[index], crossOrigin: "anonymous" });
        script.onerror = () => reject(new Error("Cannot load " + src));
        document.head.append(script);
      }));
    }
    return loads.get(key);
  };
  Promise.all(js_urls.map(load)).then(() => {
${indent(CONNECTION_SCRIPT, 4)}
    globalThis.Bokeh?.set_log_level(${scriptJson(options.logLevel)});
${indent(show, 4)}
${indent(lateScript(options.lateScripts), 4)}
  }).catch((error) => console.error("Cannot show a Bokeh application:", error.message));
})();
`;
}
