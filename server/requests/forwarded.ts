/**
 * What a proxy says of the request that it passes on.
 *
 * @module
 */

import { trimTrailingSlashes } from "../../common/trim_slashes.ts";

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
 * Returns the value that several headers of a proxy have in common; undefined if none has one, or if they differ. A proxy passes on the
 * headers that it does not set, and a client can have written these: if two differ, one is forged and nothing tells which.
 */
export function agreedValue(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = new Set(values.filter((value) => value));
  return others.length === 0 ? first : undefined;
}

/**
 * Reads `X-Scheme`, `X-Forwarded-Proto`, `X-Forwarded-Host`, `X-Forwarded-Prefix` and `Forwarded` of a trusted proxy. Of several values of
 * a header the last counts, which is that of the nearest proxy. Headers for the same thing count only if they agree.
 *
 * @param ownScheme The scheme that the request came with, if that is not the one of its URL.
 */
export function forwardedRequest(request: Request, believed: boolean, ownScheme?: string): ForwardedRequest {
  const url = new URL(request.url);
  if (ownScheme !== undefined) url.protocol = ownScheme;
  if (!believed) return { url, prefix: "" };
  const last = (name: string) => request.headers.get(name)?.split(",").at(-1)?.trim();
  const forwarded = forwardedPairs(last("forwarded") ?? "");
  const scheme = agreedValue(
    [last("x-scheme"), last("x-forwarded-proto"), forwarded.get("proto")].map((text) => text?.toLowerCase()),
  );
  if (scheme === "http" || scheme === "https") url.protocol = `${scheme}:`;
  const host = agreedValue([last("x-forwarded-host"), forwarded.get("host")].map((text) => text?.toLowerCase()));
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
