/**
 * Cross-origin requests: CORS headers, and which pages get what belongs to a user.
 *
 * @module
 */

import type { HandlerConfig, RequestContext } from "../context.ts";

/** Headers that identify a user. */
export const CREDENTIALS = ["cookie", "authorization", "proxy-authorization"];

/** Returns the response to a CORS preflight request. */
export function answerPreflight(headers: Headers, config: Pick<HandlerConfig, "origins">): Response {
  return new Response(null, {
    headers: { ...corsHeaders(headers, config), "access-control-allow-methods": "PUT, GET, OPTIONS" },
  });
}

/**
 * Returns whether the page that requests a script or a token may get what belongs to the user.
 *
 * @returns `"trusted"` for pages of this server and of listed origins, `"foreign"` for other pages,
 * `"unknown"` if the request does not identify a page, as requests of programs and of some pages
 * over plain HTTP.
 */
export function embedderOf(
  headers: Headers,
  { config: { origins }, url }: Pick<RequestContext, "url"> & { readonly config: Pick<HandlerConfig, "origins"> },
): "trusted" | "foreign" | "unknown" {
  if (headers.has("origin")) return origins.allows(headers) ? "trusted" : "foreign";
  const site = headers.get("sec-fetch-site")?.toLowerCase();
  if (site === "same-origin" || site === "none") return "trusted";
  // a page can suppress the header Referer but not forge it
  const referer = headers.get("referer") ?? "";
  const page = URL.canParse(referer) ? new URL(referer).origin : undefined;
  if (page !== undefined && (origins.lists(page) || site === undefined && page === url.origin)) return "trusted";
  return site === undefined && page === undefined ? "unknown" : "foreign";
}

/**
 * Returns the header that says which pages may load a response as a script. Browsers send no
 * `Origin` with such requests, so that only this header protects a script with the user's data from
 * pages of other sites.
 */
export function resourcePolicy(
  headers: Headers,
  context: Parameters<typeof embedderOf>[1] & { readonly user?: unknown },
): Record<string, string> {
  const holdsCredentials = context.user !== undefined || CREDENTIALS.some((name) => headers.has(name));
  const isOwn = embedderOf(headers, context) === "unknown" && holdsCredentials;
  return { "cross-origin-resource-policy": isOwn ? "same-origin" : "cross-origin" };
}

/**
 * Returns the CORS headers of a response: every origin may read it, and listed origins may send
 * credentials.
 */
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
