/**
 * Addresses at which processes of a server reach each other.
 *
 * @module
 */

/** Start of the paths that only processes of the server may request. */
const PATH = "/.bokeh/sessions/";

/** Returns the path at which a process says whether it owns a session. */
export function sessionPath(key: string): string {
  return PATH + key;
}

/** Returns the key of the session that a process asks for; undefined for other paths. */
export function askedSession(path: string): string | undefined {
  return path.startsWith(PATH) ? path.slice(PATH.length) : undefined;
}

/** An address at which a process listens for the others. */
export interface PeerAddress {
  /** The address as text: `unix:PATH`, or `HOST:PORT`. */
  readonly text: string;
  /** Whether it is a port, so that other programs can reach it. */
  readonly isPort: boolean;
  /** Connects to it. */
  readonly connect: () => Promise<Deno.Conn>;
  /** How `Deno.createHttpClient` reaches it, whatever host a URL names. */
  readonly proxy: Deno.Proxy;
}

/** Returns the address of a unix socket. */
export function unixAddress(path: string): PeerAddress {
  return {
    text: `unix:${path}`,
    isPort: false,
    connect: () => Deno.connect({ transport: "unix", path }),
    proxy: { transport: "unix", path },
  };
}

/** Returns the address of a port. */
export function tcpAddress(hostname: string, port: number): PeerAddress {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    text: `${host}:${port}`,
    isPort: true,
    connect: () => Deno.connect({ hostname, port }),
    proxy: { transport: "tcp", hostname: host, port },
  };
}

/**
 * Parses an address: `unix:PATH`, `HOST:PORT` or `[IPv6]:PORT`.
 *
 * @throws {TypeError} If it is none.
 */
export function parsePeerAddress(text: string): PeerAddress {
  if (text.startsWith("unix:")) return unixAddress(text.slice("unix:".length));
  const { hostname, port } = parseHostAndPort(text);
  return tcpAddress(hostname, port);
}

/**
 * Parses `HOST:PORT` or `[IPv6]:PORT`.
 *
 * @throws {TypeError} If the text has another form.
 */
export function parseHostAndPort(text: string): { hostname: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([^:\s]+)):(\d{1,5})$/i.exec(text) ?? [];
  const hostname = bracketed ?? plain;
  const port = Number(digits);
  if (hostname === undefined || port > 65_535) {
    throw new TypeError(`Cannot use peer address ${text}: write HOST:PORT, where other processes reach this one`);
  }
  return { hostname, port };
}
