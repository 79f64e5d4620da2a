/**
 * Headers in which a proxy describes the request that it forwards.
 *
 * @module
 */

import { trimTrailingSlashes } from "../../common/trim_slashes.ts";

/** The URL of a request as its client used it. */
export interface ForwardedRequest {
  /** URL with the scheme and the host that the client used. */
  readonly url: URL;
  /** Path prefix that the proxy has removed: empty, or with a leading and no trailing slash. */
  readonly prefix: string;
}

/** A path that needs no escaping in HTML and in headers. */
const PREFIX = /^(?:\/[\w.~-]+)+$/;
const HOST = /^(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d+)?$/i;

/**
 * Returns the value that several headers of a proxy agree on, or undefined if none is present or
 * they differ. A proxy forwards headers that it does not set itself, which a client can forge: if
 * two headers differ, it is unknown which one is forged.
 */
export function agreedValue(values: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = new Set(values.filter((value) => value));
  return others.length === 0 ? first : undefined;
}

/**
 * Returns the URL of a request, which is read from `X-Scheme`, `X-Forwarded-Proto`,
 * `X-Forwarded-Host`, `X-Forwarded-Prefix` and `Forwarded` if the proxy is trusted. Of several
 * values of a header the last counts, which the nearest proxy has set. Headers for the same
 * property count only if they agree.
 *
 * @param trusted Whether the proxy is trusted.
 * @param ownScheme Scheme that the client used, with a colon, if it differs from that of the URL.
 */
export function forwardedRequest(request: Request, trusted: boolean, ownScheme?: string): ForwardedRequest {
  const url = new URL(request.url);
  if (ownScheme !== undefined) url.protocol = ownScheme;
  if (!trusted) return { url, prefix: "" };
  const last = (name: string) => request.headers.get(name)?.split(",").at(-1)?.trim();
  const forwarded = forwardedPairs(last("forwarded") ?? "");
  const scheme = agreedValue(
    [last("x-scheme"), last("x-forwarded-proto"), forwarded.get("proto")].map((text) => text?.toLowerCase()),
  );
  if (scheme === "http" || scheme === "https") url.protocol = `${scheme}:`;
  const host = agreedValue([last("x-forwarded-host"), forwarded.get("host")].map((text) => text?.toLowerCase()));
  if (host !== undefined && HOST.test(host)) {
    url.port = ""; // assigning a host without a port keeps the old port
    url.host = host;
  }
  const prefix = trimTrailingSlashes(last("x-forwarded-prefix") ?? "");
  return { url, prefix: PREFIX.test(prefix) ? prefix : "" };
}

/** Returns the parameters of one element of the header `Forwarded` (RFC 7239). */
function forwardedPairs(element: string): Map<string, string> {
  const pairs = element.split(";").map((pair) => pair.trim().split("="));
  return new Map(pairs.map(([name = "", value = ""]) => [name.toLowerCase(), value.replace(/^"(.*)"$/, "$1")]));
}
