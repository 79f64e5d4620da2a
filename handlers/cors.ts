/**
 * What pages of other origins may read.
 *
 * @module
 */

import type { Site } from "./context.ts";

/** Answers a browser that asks what it may send. */
export function answerPreflight(headers: Headers, site: Pick<Site, "origins">): Response {
  return new Response(null, {
    headers: { ...corsHeaders(headers, site), "access-control-allow-methods": "PUT, GET, OPTIONS" },
  });
}

/** Anybody may read the answer; only an origin that may open the websocket may send credentials for it. */
export function corsHeaders(headers: Headers, { origins }: Pick<Site, "origins">): Record<string, string> {
  const origin = headers.get("origin");
  const trusted = origin !== null && origins.lists(origin);
  return {
    "access-control-allow-origin": trusted ? origin : "*",
    "access-control-allow-headers": "*",
    "access-control-allow-credentials": "true",
    ...(trusted ? { vary: "Origin" } : {}),
  };
}
