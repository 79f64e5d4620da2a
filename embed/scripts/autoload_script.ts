/**
 * `autoload.js`: the script that shows an application in a page of any origin.
 *
 * @module
 */

import autoloadSource from "../browser/autoload.js" with { type: "text" };
import loadLateSource from "../browser/load_late_scripts.js" with { type: "text" };
import showSource from "../browser/show_documents.js" with { type: "text" };
import { scriptJson } from "../escape.ts";
import type { RenderItem } from "../render_item.ts";
import type { ScriptLink } from "../resources/resources.ts";
import { connectionScript } from "./page_scripts.ts";
import { includeScripts, inFunction, moreArguments, scriptTemplate } from "./script_template.ts";

/** Contents of an `autoload.js`. */
interface AutoloadOptions {
  /** Id of the element in which the document is shown. */
  elementId: string;
  /** Token of the session to show. */
  token: string;
  /** Scripts to load, unless the page has loaded them already. */
  scripts: readonly ScriptLink[];
  /** Scripts to load after everything else. */
  lateScripts: readonly ScriptLink[];
  /**
   * Path of the application on its server; undefined if the page's own path is the application's.
   */
  appPath: string | undefined;
  /** URL of the application; undefined if the page has the application's origin. */
  absoluteUrl: string | undefined;
  /** BokehJS's log level. */
  logLevel: string;
}

const AUTOLOAD = scriptTemplate(
  () =>
    includeScripts(autoloadSource, {
      "connection.js": connectionScript(),
      "show_documents.js": inFunction(showSource),
      "load_late_scripts.js": inFunction(loadLateSource),
    }),
  [
    "ELEMENT_ID",
    "SCRIPT_URLS",
    "SCRIPT_HASHES",
    "LOG_LEVEL",
    "DOCUMENTS",
    "RENDER_ITEMS",
    "APPLICATION_URL",
    "LATE_SCRIPTS",
  ],
);

/**
 * Returns the script that loads BokehJS, once for all applications of a page, and shows a session
 * in an element.
 */
export function renderAutoload(options: AutoloadOptions): string {
  const { appPath, absoluteUrl } = options;
  const item: RenderItem = { token: options.token, elementid: options.elementId, use_for_title: false };
  const url = absoluteUrl === undefined ? [appPath].filter(isGiven) : [appPath ?? null, absoluteUrl];
  const script = AUTOLOAD.fill({
    ELEMENT_ID: scriptJson(options.elementId),
    SCRIPT_URLS: scriptJson(options.scripts.map(({ src }) => src)),
    SCRIPT_HASHES: scriptJson(options.scripts.map(({ integrity }) => integrity ?? "")),
    LOG_LEVEL: scriptJson(options.logLevel),
    DOCUMENTS: "{}",
    RENDER_ITEMS: scriptJson([item]),
    APPLICATION_URL: moreArguments(url),
    LATE_SCRIPTS: scriptJson(options.lateScripts),
  });
  return `"use strict";\n${script}\n`;
}

function isGiven(value: string | undefined): boolean {
  return value !== undefined;
}
