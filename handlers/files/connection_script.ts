/**
 * The script that keeps the connections of pages open, which has an address beside BokehJS.
 *
 * @module
 */

import type { Resources } from "../../embed/resources/resources.ts";
import { connectionScript, connectionScriptHash } from "../../embed/scripts/page_scripts.ts";
import { textResponse } from "../http/responses.ts";
import { cachingOf } from "./static_response.ts";

/** Path of the script below the prefix of the server. It has neither comments nor indentation. */
export const CONNECTION_SCRIPT_PATH = "static/js/bokeh-connection.min.js";

/**
 * Returns the URL of the script, under which its content never changes; undefined if pages contain
 * all of their scripts.
 */
export async function connectionScriptUrl({ mode, rootUrl }: Resources): Promise<string | undefined> {
  return mode === "inline" ? undefined : `${rootUrl}${CONNECTION_SCRIPT_PATH}?v=${await connectionScriptHash()}`;
}

/** Returns the script. It is the same for all applications. */
export async function handleConnectionScript(request: Request, url: URL): Promise<Response> {
  const caching = cachingOf(url.searchParams.get("v"), await connectionScriptHash());
  return await textResponse(request, "text/javascript; charset=utf-8", connectionScript(), {
    "cache-control": caching,
  });
}
