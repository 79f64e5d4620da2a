/**
 * The script that keeps the connections of pages open, which has an address beside BokehJS.
 *
 * @module
 */

import type { Resources, ScriptLink } from "../../embed/resources/resources.ts";
import { connectionScript, connectionScriptDigest } from "../../embed/scripts/page_scripts.ts";
import { textResponse } from "../http/responses.ts";
import { cachingOf } from "./static_response.ts";

/** Path of the script below the prefix of the server. It has neither comments nor indentation. */
export const CONNECTION_SCRIPT_PATH = "static/js/bokeh-connection.min.js";

/**
 * Returns the link of pages to the script, with a URL under which its content never changes;
 * undefined if pages contain all of their scripts.
 */
export async function connectionScriptLink({ mode, rootUrl }: Resources): Promise<ScriptLink | undefined> {
  if (mode === "inline") return undefined;
  const digest = await connectionScriptDigest();
  return {
    src: `${rootUrl}${CONNECTION_SCRIPT_PATH}?v=${versionOf(digest)}`,
    integrity: `sha384-${digest.toBase64()}`,
  };
}

/** Returns the script. It is the same for all applications. */
export async function handleConnectionScript(request: Request, url: URL): Promise<Response> {
  const caching = cachingOf(url.searchParams.get("v"), versionOf(await connectionScriptDigest()));
  return await textResponse(request, "text/javascript; charset=utf-8", connectionScript(), {
    "cache-control": caching,
  });
}

function versionOf(digest: Uint8Array): string {
  return digest.subarray(0, 16).toHex();
}
