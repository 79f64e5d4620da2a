/**
 * Which pages may speak with the server.
 *
 * @module
 */

/** Answers whether a page's origin is let in. */
export interface Origins {
  /**
   * Whether a page of this origin may open a websocket.
   *
   * @param headers Those of its request.
   */
  allows(headers: Headers): boolean;
  /** Whether an origin, as `https://host:port`, is in the list. */
  lists(origin: string): boolean;
  /** Sources of the directive `frame-ancestors`: the server itself and the hosts of the list. */
  readonly frameAncestors: string;
}

/** Host patterns with their ports, as {@linkcode matchHost} takes them. */
export class OriginList implements Origins {
  #patterns: readonly string[];
  #frameAncestors: string;

  /** Patterns as {@linkcode hostPatterns} makes them. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns;
    this.#frameAncestors = frameSources(patterns);
  }

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

  lists(origin: string): boolean {
    // pages of no origin, as those of files and sandboxes, send the word null
    if (this.#patterns.includes("*")) return true;
    const host = hostOf(origin);
    if (host === undefined) return false;
    // without a port Bokeh takes 80 for every scheme; browsers leave 443 out as well
    return isListed(host, this.#patterns) ||
      /^https:\/\/[^:]+$/i.test(origin) && isListed(`${host}:443`, this.#patterns);
  }

  allows(headers: Headers): boolean {
    const origin = headers.get("origin");
    if (origin === null) {
      return !["cross-site", "same-site"].includes((headers.get("sec-fetch-site") ?? "").toLowerCase());
    }
    return this.lists(origin) || isOwnPage(origin, headers.get("host"));
  }
}

/**
 * Whether an origin is the server's own, by a name that nobody can point here from outside: a foreign name in both headers
 * says only that its DNS answers with this address.
 */
function isOwnPage(origin: string, host: string | null): boolean {
  const originHost = hostOf(origin);
  if (originHost === undefined || host === null || originHost !== host.toLowerCase()) return false;
  return isLocalName(originHost.replace(/:\d+$/, ""));
}

/** Returns whether a host without a port is `localhost` or an address. */
export function isLocalName(name: string): boolean {
  return name === "localhost" || /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name);
}

/** Host and port, if it says one, of an origin; undefined for what no browser would send as one. */
function hostOf(origin: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/((?:[^\s/?#@\\:[\]]+|\[[0-9a-f:.]+\])(?::\d+)?)$/i.exec(origin)?.[1]?.toLowerCase();
}

/**
 * Whether a host, with its port or on port 80, is one of a list.
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

/** Whether a host matches a pattern, label by label. `*` as a label, as the port, or alone stands for any. */
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
 * The patterns of a list of hosts, each with a port: that of HTTP where it has none. Throws a RangeError for what is no
 * host.
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
 * Returns host patterns as sources of a Content-Security-Policy, which knows fewer: patterns with `*` behind the first label and addresses
 * of IPv6 are left out, and `*` as the first label stands for any number of labels.
 */
function frameSources(patterns: readonly string[]): string {
  if (patterns.includes("*")) return "*";
  const sources = patterns.flatMap((pattern) => {
    const [name, port = "80"] = splitPort(pattern);
    if (!/^(?:\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*)$/.test(name)) return [];
    // a source of HTTP stands for the same host by HTTPS too
    return port === "443" ? `https://${name}` : port === "80" ? `http://${name}` : `http://${name}:${port}`;
  });
  return ["'self'", ...sources].join(" ");
}
