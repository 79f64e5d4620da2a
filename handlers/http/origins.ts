/**
 * The origins whose pages may open websockets of the server and embed its applications.
 *
 * @module
 */

/** A list of allowed origins, as host patterns with ports. See {@linkcode matchHost}. */
export class OriginList {
  #patterns: readonly string[];
  #frameAncestors: string;

  /**
   * Creates a list.
   *
   * @param patterns Patterns that {@linkcode hostPatterns} returned.
   */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns;
    this.#frameAncestors = frameSources(patterns);
  }

  /** Sources of the directive `frame-ancestors`: the server itself, and the hosts of the list. */
  get frameAncestors(): string {
    return this.#frameAncestors;
  }

  /** The patterns. */
  get patterns(): readonly string[] {
    return this.#patterns;
  }

  /** Adds patterns. */
  add(patterns: readonly string[]): void {
    this.#patterns = [...this.#patterns, ...patterns];
    this.#frameAncestors = frameSources(this.#patterns);
  }

  /**
   * Returns whether the list includes an origin.
   *
   * @param origin An origin such as `https://host:port`, or `null`, the origin of files and
   * sandboxed pages.
   */
  lists(origin: string): boolean {
    // "*" also allows the origin null, which has no host
    if (this.#patterns.includes("*")) return true;
    const host = hostOf(origin);
    if (host === undefined) return false;
    // for an origin without a port, Bokeh assumes port 80 with each scheme; browsers also leave out
    // 443
    return isListed(host, this.#patterns) ||
      /^https:\/\/[^:]+$/i.test(origin) && isListed(`${host}:443`, this.#patterns);
  }

  /**
   * Returns whether the page that causes a request may open websockets: a page of this server or of
   * a listed origin. A request without `Origin` is allowed unless `Sec-Fetch-Site` shows that
   * another site causes it.
   */
  allows(headers: Headers): boolean {
    const origin = headers.get("origin");
    if (origin === null) {
      return !["cross-site", "same-site"].includes((headers.get("sec-fetch-site") ?? "").toLowerCase());
    }
    return this.lists(origin) || isOwnPage(origin, headers.get("host"));
  }
}

/**
 * Returns whether an origin is that of the server itself. Only addresses and `localhost` count:
 * with DNS rebinding, any other name can appear in both headers and still belong to an attacker.
 */
function isOwnPage(origin: string, host: string | null): boolean {
  const originHost = hostOf(origin);
  if (originHost === undefined || host === null || originHost !== host.toLowerCase()) return false;
  return isLocalName(originHost.replace(/:\d+$/, ""));
}

/** Returns whether a host without a port is `localhost` or an IP address. */
export function isLocalName(name: string): boolean {
  return name === "localhost" || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name);
}

/**
 * Returns the host of an origin, with its port if it states one, or undefined if the origin is not
 * valid.
 */
function hostOf(origin: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/((?:[^\s/?#@\\:[\]]+|\[[0-9a-f:.]+\])(?::\d+)?)$/i.exec(origin)?.[1]?.toLowerCase();
}

/**
 * Returns whether a host matches one of a list of patterns. A host without a port stands for port
 * 80.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { isListed } from "./origins.ts";
 *
 * assert(isListed("a.example.com:8080", ["*.example.com:8080"]));
 * assert(!isListed("a.example.com.evil.com:8080", ["*.example.com:8080"]));
 * ```
 */
export function isListed(host: string, patterns: readonly string[]): boolean {
  const full = /:\d*$/.test(host) ? host : `${host}:80`;
  return patterns.includes(full) || patterns.some((pattern) => matchHost(full, pattern));
}

/**
 * Returns whether a host matches a pattern, label by label. `*` matches any value as a label, as
 * the port, or as the whole pattern. A pattern without a port matches all ports.
 */
export function matchHost(host: string, pattern: string): boolean {
  if (pattern === "*") return true;
  const [name, port] = splitPort(host);
  const [patternName, patternPort] = splitPort(pattern);
  if (patternPort !== undefined && patternPort !== "*" && patternPort !== port) return false;
  if (patternName === "*") return true;
  const labels = name.split(".");
  const patternLabels = patternName.split(".");
  return labels.length === patternLabels.length &&
    patternLabels.every((label, index) => label === "*" || label === labels[index]);
}

function splitPort(host: string): [name: string, port: string | undefined] {
  const colon = host.lastIndexOf(":");
  return colon < host.lastIndexOf("]") || colon < 0 ? [host, undefined] : [host.slice(0, colon), host.slice(colon + 1)];
}

/**
 * Returns host patterns with ports. A host without a port gets 80, as in Bokeh.
 *
 * @throws {RangeError} If an item is not a host with an optional port.
 */
export function hostPatterns(hosts: readonly string[]): string[] {
  return hosts.map((host) => {
    if (host === "*") return host;
    const [name, port, more] = /^\[/.test(host) ? splitPort(host) : host.split(":");
    if (more !== undefined) throw new RangeError(`Cannot use host: ${host} is not a name with a port`);
    if (name === undefined || name === "") throw new RangeError("Cannot use host: its name is empty");
    if (port === undefined) return `${name}:80`;
    if (port !== "*" && !/^\d+$/.test(port)) {
      throw new RangeError(`Cannot use host: the port of ${host} is not a number`);
    }
    return host;
  });
}

/**
 * Returns host patterns as sources of a Content-Security-Policy. A policy supports fewer patterns:
 * those with `*` after the first label and IPv6 addresses are left out, and `*` as the first label
 * matches any number of labels.
 */
function frameSources(patterns: readonly string[]): string {
  if (patterns.includes("*")) return "*";
  const sources = patterns.flatMap((pattern) => {
    const [name, port = "80"] = splitPort(pattern);
    if (!/^(?:\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*)$/.test(name)) return [];
    // a source with the scheme http also matches https
    return port === "443" ? `https://${name}` : port === "80" ? `http://${name}` : `http://${name}:${port}`;
  });
  return ["'self'", ...sources].join(" ");
}
