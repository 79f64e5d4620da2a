/**
 * What stands before the server's paths in a page: nothing but the prefix in pages of the server, its origin too in others.
 *
 * @module
 */

import type { RequestContext } from "../context.ts";
import { isLocalName } from "../http/origins.ts";

/** Returns what stands before the server's paths in pages of other origins: its origin and the prefix. */
export function embeddedPrefix({ config, url }: Pick<RequestContext, "config" | "url">): string {
  return (config.absoluteUrl ?? url.origin) + config.prefix;
}

/**
 * Returns what stands before the server's paths in the page that opens a websocket. The page is one of another origin if its host is not
 * the host that the websocket's request names. A proxy may name a host of the internal network instead of the public one: an address of
 * this machine therefore says nothing about a page that has another.
 */
export function prefixOfPage(headers: Headers, { config, url }: Pick<RequestContext, "config" | "url">): string {
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return config.prefix;
  const page = new URL(origin);
  const isBehindProxy = isLocalName(url.hostname) && !isLocalName(page.hostname) && config.absoluteUrl === undefined;
  return page.host === url.host || isBehindProxy ? config.prefix : embeddedPrefix({ config, url });
}
