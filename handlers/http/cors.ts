/**
 * Cross-origin requests: CORS headers, and the check whether a page of another origin may receive
 * responses that depend on the user's credentials.
 *
 * @module
 */

import type { HandlerConfig, RequestContext } from "../context.ts";

/** Names of the request headers with credentials, which identify a user. */
export const CREDENTIALS = ["cookie", "authorization", "proxy-authorization"];

/** Returns the response to a CORS preflight request. */
export function answerPreflight(headers: Headers, config: Pick<HandlerConfig, "origins">): Response {
  return new Response(null, {
    headers: { ...corsHeaders(headers, config), "access-control-allow-methods": "PUT, GET, OPTIONS" },
  });
}

/**
 * Returns whether the page that requests `autoload.js` or `embed.json`, which contain a token, may
 * receive a token for the user whom the request identifies.
 *
 * @returns `"trusted"` for pages of this server and of origins in the list, `"foreign"` for all
 * other pages, `"unknown"` if the request does not identify its page. The latter are requests of
 * programs, and of pages over plain HTTP, for which browsers do not send `Sec-Fetch-Site`, that
 * suppress `Referer`.
 */
export function embedderOf(
  headers: Headers,
  { config: { origins }, url }: Pick<RequestContext, "url"> & { readonly config: Pick<HandlerConfig, "origins"> },
): "trusted" | "foreign" | "unknown" {
  if (headers.has("origin")) return origins.allows(headers) ? "trusted" : "foreign";
  const site = headers.get("sec-fetch-site")?.toLowerCase();
  if (site === "same-origin" || site === "none") return "trusted";
  // In a browser, a page can suppress the header Referer but not forge it.
  const referer = headers.get("referer") ?? "";
  const page = URL.canParse(referer) ? new URL(referer).origin : undefined;
  if (page !== undefined && (origins.lists(page) || site === undefined && page === url.origin)) return "trusted";
  return site === undefined && page === undefined ? "unknown" : "foreign";
}

/**
 * Returns the header `Cross-Origin-Resource-Policy`, which decides which pages may load a response
 * as a script. CORS headers do not protect scripts: browsers load them from any origin.
 *
 * The value is `same-origin` for a request with credentials whose page is unknown: a page of
 * another origin could read the user's token from the script. All other responses may be loaded by
 * all pages: trusted pages may have the token, and the credentials of foreign pages are removed
 * before the response is created (`embeddableRequest`).
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
 * Returns the CORS headers of a response: pages of all origins may read it if they request it
 * without credentials, pages of origins in the list also if they request it with credentials.
 * Browsers do not accept `access-control-allow-origin: *` for requests with credentials.
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
