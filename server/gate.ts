/**
 * What is judged of a request before anything else.
 *
 * @module
 */

import { errorResponse } from "../handlers/responses.ts";
import { isListed, matchHost } from "../handlers/origins.ts";

/** What a {@linkcode Gate} lets through. */
export interface GateOptions {
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
export class Gate {
  readonly #options: GateOptions;

  /** Judges by these options. */
  constructor(options: GateOptions) {
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

/** Where a request comes from, as `Deno.serve` tells it or another process that has handed the request over. */
export interface ClientInfo {
  /** Address of the client or of a proxy. */
  readonly remoteAddr?: Deno.Addr | undefined;
  /** Address, if another process tells it. */
  readonly address?: string | undefined;
  /** Scheme that the client used, with a colon, if another process tells it. */
  readonly scheme?: string | undefined;
}

/** Returns the address of a client. A proxy that is believed says it: the last address counts, which it has added itself. */
export function clientAddress(headers: Headers, info: ClientInfo | undefined, believed: boolean): string | undefined {
  if (believed) {
    const told = headers.get("x-real-ip") ?? headers.get("x-forwarded-for")?.split(",").at(-1);
    if (told) return told.trim();
  }
  if (info?.address !== undefined) return info.address;
  const remote = info?.remoteAddr;
  return remote !== undefined && "hostname" in remote ? remote.hostname : undefined;
}
