/**
 * Scripts of pages.
 *
 * @module
 */

import connectionSource from "../browser/connection.js" with { type: "text" };
import loadLateSource from "../browser/load_late_scripts.js" with { type: "text" };
import refreshSource from "../browser/refresh.js" with { type: "text" };
import reportErrorSource from "../browser/report_error.js" with { type: "text" };
import setLogLevelSource from "../browser/set_log_level.js" with { type: "text" };
import showSource from "../browser/show_documents.js" with { type: "text" };
import { html, indent, scriptJson } from "../escape.ts";
import type { ScriptLink } from "../resources/resources.ts";
import { inFunction, scriptTemplate, withoutModules } from "./script_template.ts";

let connectionText: string | undefined;

/**
 * Returns the script that keeps BokehJS's connections to this server open: see
 * `browser/connection.js`. It must run after BokehJS is loaded. Running it again has no effect. It
 * is assembled at the first call, so that it does not delay the start of a server, and has no
 * indentation, because pages that have no link to it contain it.
 */
export function connectionScript(): string {
  return connectionText ??= inFunction([refreshSource, connectionSource].map(withoutModules).join("\n"))
    .replaceAll(/^ +/gm, "");
}

let connectionDigest: Promise<Uint8Array> | undefined;

/** Returns the SHA-384 hash of {@linkcode connectionScript}, 48 bytes. */
export function connectionScriptDigest(): Promise<Uint8Array> {
  return connectionDigest ??= digestOf(connectionScript());
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-384", new TextEncoder().encode(text)));
}

const SHOW_DOCUMENTS = scriptTemplate(showSource, ["DOCUMENTS", "RENDER_ITEMS", "APPLICATION_URL"]);
const LOAD_LATE_SCRIPTS = scriptTemplate(loadLateSource, ["LATE_SCRIPTS"]);
const SET_LOG_LEVEL = scriptTemplate(setLogLevelSource, ["LOG_LEVEL"]);
const REPORT_ERROR = scriptTemplate(reportErrorSource, ["ERROR_MESSAGE"]);

/**
 * Returns the script that shows documents when the page has been parsed.
 *
 * @param documents JavaScript expression of the documents: an object by id, or its JSON.
 * @param renderItems The render items as JSON, which {@linkcode scriptJson} has written.
 */
export function showDocumentsScript(documents: string, renderItems: string): string {
  return SHOW_DOCUMENTS.fill({ DOCUMENTS: documents, RENDER_ITEMS: renderItems, APPLICATION_URL: "" });
}

/**
 * Returns the script that loads scripts after everything else of the page; an empty text if there
 * are none.
 */
export function lateScript(scripts: readonly ScriptLink[]): string {
  return scripts.length === 0 ? "" : LOAD_LATE_SCRIPTS.fill({ LATE_SCRIPTS: scriptJson(scripts) });
}

/** Returns the script that sets BokehJS's log level. */
export function logLevelScript(level: string): string {
  return SET_LOG_LEVEL.fill({ LOG_LEVEL: scriptJson(level) });
}

/** Returns a script that only writes an error to the page's console. */
export function errorScript(message: string): string {
  return REPORT_ERROR.fill({ ERROR_MESSAGE: scriptJson(message) });
}

/** Returns a `<script>` element with this code; an empty text if the code is empty. */
export function scriptTag(code: string, nonce?: string): string {
  return code === "" ? "" : `<script${nonceAttribute(nonce)}>\n${indent(code, 2)}\n</script>`;
}

/**
 * Returns the element of a linked script. Browsers verify the hash of a cross-origin script only if
 * it is loaded with CORS.
 */
export function linkTag({ src, integrity }: ScriptLink, nonce?: string): string {
  const checked = integrity === undefined ? "" : ` integrity="${html(integrity)}" crossorigin="anonymous"`;
  return `<script${nonceAttribute(nonce)} src="${html(src)}"${checked}></script>`;
}

/** Returns a script element with a text whose lines are not indented. */
export function textTag(text: string, nonce?: string): string {
  return `<script${nonceAttribute(nonce)}>\n${text.replaceAll("</script", "<\\/script")}\n</script>`;
}

/** Returns the attribute by which a page's Content-Security-Policy accepts a script or style. */
export function nonceAttribute(nonce: string | undefined): string {
  return nonce === undefined ? "" : ` nonce="${nonce}"`;
}
