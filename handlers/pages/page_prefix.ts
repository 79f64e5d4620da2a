/**
 * Prefixes of URLs in pages: relative in pages of the server, absolute in pages of other origins.
 *
 * @module
 */

import type { RequestContext } from "../context.ts";
import { isLocalName } from "../http/origins.ts";

/**
 * Returns the prefix of URLs of this server in pages of other origins: its origin and its prefix.
 */
export function embeddedPrefix({ config, url }: Pick<RequestContext, "config" | "url">): string {
  return (config.absoluteUrl ?? url.origin) + config.prefix;
}

/**
 * Returns the prefix of URLs of this server in the page that opens a websocket. The page is of
 * another origin if its host differs from the host of the websocket's request. A proxy may send a
 * host name of the internal network: if the request names `localhost` or an IP address and the page
 * does not, the page is taken for one of this server.
 */
export function prefixOfPage(headers: Headers, { config, url }: Pick<RequestContext, "config" | "url">): string {
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return config.prefix;
  const page = new URL(origin);
  const isBehindProxy = isLocalName(url.hostname) && !isLocalName(page.hostname) && config.absoluteUrl === undefined;
  return page.host === url.host || isBehindProxy ? config.prefix : embeddedPrefix({ config, url });
}
