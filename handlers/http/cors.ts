/**
 * What pages of other origins may read.
 *
 * @module
 */

import type { HandlerConfig, RequestContext } from "../context.ts";

/** Headers that say who a user is. */
export const CREDENTIALS = ["cookie", "authorization", "proxy-authorization"];

/** Answers a browser that asks what it may send. */
export function answerPreflight(headers: Headers, config: Pick<HandlerConfig, "origins">): Response {
  return new Response(null, {
    headers: { ...corsHeaders(headers, config), "access-control-allow-methods": "PUT, GET, OPTIONS" },
  });
}

/**
 * Returns whether the page that a script or a token is for may have what belongs to the user: `"trusted"` for pages of this
 * server and of listed origins, `"foreign"` for others, `"unknown"` if the request says nothing of a page, as programs do
 * and some pages over plain HTTP.
 */
export function embedderOf(
  headers: Headers,
  { config: { origins }, url }: Pick<RequestContext, "url"> & { readonly config: Pick<HandlerConfig, "origins"> },
): "trusted" | "foreign" | "unknown" {
  if (headers.has("origin")) return origins.allows(headers) ? "trusted" : "foreign";
  const site = headers.get("sec-fetch-site")?.toLowerCase();
  if (site === "same-origin" || site === "none") return "trusted";
  // a page can withhold its address, but not give another
  const referer = headers.get("referer") ?? "";
  const page = URL.canParse(referer) ? new URL(referer).origin : undefined;
  if (page !== undefined && (origins.lists(page) || site === undefined && page === url.origin)) return "trusted";
  return site === undefined && page === undefined ? "unknown" : "foreign";
}

/**
 * Returns which pages may load an answer as a script. A browser does not ask for those with `Origin`: only this header
 * keeps the cookies of its user's request from a script in a page of another site.
 */
export function resourcePolicy(
  headers: Headers,
  context: Parameters<typeof embedderOf>[1] & { readonly user?: unknown },
): Record<string, string> {
  const holdsCredentials = context.user !== undefined || CREDENTIALS.some((name) => headers.has(name));
  const isOwn = embedderOf(headers, context) === "unknown" && holdsCredentials;
  return { "cross-origin-resource-policy": isOwn ? "same-origin" : "cross-origin" };
}

/** Anybody may read the answer; only an origin that may open the websocket may send credentials for it. */
export function corsHeaders(headers: Headers, { origins }: Pick<HandlerConfig, "origins">): Record<string, string> {
  const origin = headers.get("origin");
  const trusted = origin !== null && origins.lists(origin);
  return {
    "access-control-allow-origin": trusted ? origin : "*",
    "access-control-allow-headers": "*",
    "access-control-allow-credentials": "true",
    ...(trusted ? { vary: "Origin" } : {}),
  };
}
