/**
 * What a proxy says of the request that it passes on.
 *
 * @module
 */

import { trimTrailingSlashes } from "../protocol/trim_slashes.ts";

/** A request as its visitor made it. */
export interface ForwardedRequest {
  /** URL with the scheme and the host that the visitor used. */
  readonly url: URL;
  /** Path before all others that the proxy has taken away: empty, or with a slash before and none behind. */
  readonly prefix: string;
}

/** A path that can stand in HTML and in a header as it is. */
const PREFIX = /^(?:\/[\w.~-]+)+$/;
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d+)?$/i;

/**
 * Reads `X-Scheme`, `X-Forwarded-Proto`, `X-Forwarded-Host`, `X-Forwarded-Prefix` and `Forwarded`, where the proxy is believed. Of several
 * values the last counts, which is that of the nearest proxy.
 *
 * @param ownScheme The scheme that the request came with, if that is not the one of its URL.
 */
export function forwardedRequest(request: Request, believed: boolean, ownScheme?: string): ForwardedRequest {
  const url = new URL(request.url);
  if (ownScheme !== undefined) url.protocol = ownScheme;
  if (!believed) return { url, prefix: "" };
  const last = (name: string) => request.headers.get(name)?.split(",").at(-1)?.trim();
  const forwarded = forwardedPairs(last("forwarded") ?? "");
  const scheme = (last("x-scheme") ?? last("x-forwarded-proto") ?? forwarded.get("proto"))?.toLowerCase();
  if (scheme === "http" || scheme === "https") url.protocol = `${scheme}:`;
  const host = last("x-forwarded-host") ?? forwarded.get("host");
  if (host !== undefined && HOST.test(host)) {
    url.port = ""; // one of the old host must not stay
    url.host = host;
  }
  const prefix = trimTrailingSlashes(last("x-forwarded-prefix") ?? "");
  return { url, prefix: PREFIX.test(prefix) ? prefix : "" };
}

/** The pairs of one element of the header `Forwarded`. */
function forwardedPairs(element: string): Map<string, string> {
  const pairs = element.split(";").map((pair) => pair.trim().split("="));
  return new Map(pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value.replace(/^"(.*)"$/, "$1")]));
}
