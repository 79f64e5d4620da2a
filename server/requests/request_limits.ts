/**
 * What is judged of a request before anything else.
 *
 * @module
 */

import { errorResponse } from "../../handlers/http/responses.ts";
import { isListed, matchHost } from "../../handlers/http/origins.ts";
import { agreedValue } from "./forwarded.ts";

/** What a {@linkcode RequestLimits} lets through. */
export interface RequestLimitsOptions {
  /** Patterns of the names that the server has; none for any name. */
  readonly allowedHosts: readonly string[];
  /** Paths that answer for every host: health probes use an address or `localhost`, and the answer tells nothing. */
  readonly anyHostPaths: ReadonlySet<string>;
  /** Longest query, in characters as they were sent. */
  readonly queryBytes: number;
  /** Longest headers together, names included. */
  readonly headerBytes: number;
}

const HOST = /^(?:\[[0-9a-f:.]+\]|[^\s/?#@\\:,[\]]+)(?::\d*)?$/i;

/** Refuses requests by their host and their size. */
export class RequestLimits {
  readonly #options: RequestLimitsOptions;

  /** Judges by these options. */
  constructor(options: RequestLimitsOptions) {
    this.#options = options;
  }

  /** Why a request is refused; undefined where it is not. */
  refusal(request: Request, url: URL): Response | undefined {
    const { allowedHosts, anyHostPaths, queryBytes, headerBytes } = this.#options;
    const host = (request.headers.get("host") ?? url.host).toLowerCase();
    if (allowedHosts.length > 0 && !isAllowed(host, allowedHosts) && !anyHostPaths.has(url.pathname)) {
      return errorResponse(421, "Host is not one of this server");
    }
    if (url.search.length > queryBytes) return errorResponse(414);
    let bytes = 0;
    // a loop over the entries takes six times as long
    request.headers.forEach((value, name) => bytes += name.length + value.length);
    return bytes > headerBytes ? errorResponse(431) : undefined;
  }
}

/** A pattern without a port fits any port. */
function isAllowed(host: string, patterns: readonly string[]): boolean {
  return isListed(host, patterns) || patterns.some((pattern) => matchHost(host, pattern));
}

/** What balancers ask in HTTP/1.0, which knows no hosts and which the runtime does not tell apart. */
const PROBED = /\/(?:healthz|readyz)$/;

/**
 * Whether a request came without a host, with two, or with none that could be one. HTTP/1.1 demands one; HTTP/2 names it elsewhere, and
 * then the URL holds it and not the address that the server listens on.
 */
export function lacksHost(request: Request): boolean {
  const host = request.headers.get("host");
  if (host !== null) return !HOST.test(host) || !URL.canParse(request.url);
  const { protocol, hostname, pathname } = new URL(request.url);
  return !PROBED.test(pathname) && protocol === "http:" &&
    /^(?:localhost|0\.0\.0\.0|127\.0\.0\.1|\[::1?\])$/.test(hostname);
}

/** Where a request comes from, as `Deno.serve` tells it or another process that relays the request. */
export interface ClientInfo {
  /** Address of the client or of a proxy. */
  readonly remoteAddr?: Deno.Addr | undefined;
  /** Address, if another process tells it. */
  readonly address?: string | undefined;
  /** Scheme that the client used, with a colon, if another process tells it. */
  readonly scheme?: string | undefined;
}

/**
 * Returns the address of the client of a request.
 *
 * Behind a trusted proxy that is the last address in `X-Forwarded-For`, which the proxy has added itself, or `X-Real-IP`. A proxy passes on
 * the one of the two that it does not set. If the two differ, a client has forged one, and the address of the connection counts: the
 * proxy's.
 */
export function clientAddress(headers: Headers, info: ClientInfo | undefined, trusted: boolean): string | undefined {
  const told = trusted ? [headers.get("x-forwarded-for"), headers.get("x-real-ip")].map(lastAddress) : [];
  const agreed = agreedValue(told) ?? info?.address;
  if (agreed !== undefined) return agreed;
  const remote = info?.remoteAddr;
  if (remote !== undefined && "hostname" in remote) return remote.hostname;
  // a connection by a unix socket has no address: clients that forge one share one
  return told.some((address) => address !== undefined) ? "forged" : undefined;
}

/** Returns the last address of a header without a port; undefined if it has none. */
function lastAddress(header: string | null): string | undefined {
  const text = header?.slice(header.lastIndexOf(",") + 1).trim().toLowerCase() ?? "";
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([^:]+):\d+$/.exec(text)?.[1] ?? (text || undefined);
}
