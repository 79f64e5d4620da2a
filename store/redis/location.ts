/**
 * The address of a Redis or Valkey, as a URL.
 *
 * @module
 */

/** A host and a port. */
interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Address of a Redis or Valkey: a single server, a primary that Sentinels name, or a cluster. */
export interface RedisLocation {
  readonly topology: "single" | "sentinel" | "cluster";
  /** The server, the Sentinels, or some nodes of the cluster. */
  readonly hosts: readonly [HostAndPort, ...HostAndPort[]];
  readonly tls: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Number of the database. */
  readonly database: number;
  /** Name under which the Sentinels know the primary. */
  readonly sentinelName?: string | undefined;
}

const SCHEMES: Readonly<Record<string, Pick<RedisLocation, "topology" | "tls"> & { port: number }>> = {
  "redis": { topology: "single", tls: false, port: 6379 },
  "rediss": { topology: "single", tls: true, port: 6379 },
  "redis+sentinel": { topology: "sentinel", tls: false, port: 26379 },
  "rediss+sentinel": { topology: "sentinel", tls: true, port: 26379 },
  "redis+cluster": { topology: "cluster", tls: false, port: 6379 },
  "rediss+cluster": { topology: "cluster", tls: true, port: 6379 },
};

const FORMS =
  "redis://HOST:PORT/DATABASE, rediss://… (TLS), redis+sentinel://HOST:PORT,HOST:PORT/NAME or redis+cluster://HOST:PORT,HOST:PORT";

/**
 * Parses a URL such as `redis://user:password@host:6379/0`, `rediss://host`,
 * `redis+sentinel://a:26379,b:26379/mymaster` or `redis+cluster://a:6379,b:6379`. Reserved
 * characters in user and password are percent-encoded.
 *
 * @throws {TypeError} if the URL has another form. The message does not contain the password.
 */
export function parseRedisUrl(url: string): RedisLocation {
  const match = /^([a-z+]+):\/\/(?:([^@/]*)@)?([^/?#]+)(?:\/([^?#]*))?$/.exec(url);
  const scheme = SCHEMES[match?.[1] ?? ""];
  if (!match || !scheme) throw wrongUrl("it has another form");
  const [, , credentials, hostList = "", path = ""] = match;
  const hosts = hostList.split(",").map((host) => parseHost(host, scheme.port));
  if (scheme.topology === "single" && hosts.length > 1) throw wrongUrl("it names several hosts");
  if (scheme.topology === "sentinel" && path === "") throw wrongUrl("the name of the primary is missing");
  return {
    topology: scheme.topology,
    tls: scheme.tls,
    hosts: hosts as [HostAndPort, ...HostAndPort[]],
    ...parseCredentials(credentials),
    ...(scheme.topology === "sentinel"
      ? { sentinelName: decodeURIComponent(path), database: 0 }
      : { database: parseDatabase(path) }),
  };
}

function parseHost(text: string, defaultPort: number): HostAndPort {
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(text);
  const port = Number(match?.[2] ?? defaultPort);
  if (!match || port > 65_535) throw wrongUrl(`"${text}" is not a host and port`);
  return { host: match[1]!.replace(/^\[|\]$/g, ""), port };
}

function parseCredentials(text: string | undefined): Pick<RedisLocation, "username" | "password"> {
  if (text === undefined) return {};
  const [username = "", ...rest] = text.split(":");
  const password = rest.length > 0 ? decodeURIComponent(rest.join(":")) : undefined;
  return { username: username === "" ? undefined : decodeURIComponent(username), password };
}

function parseDatabase(text: string): number {
  if (!/^\d*$/.test(text)) throw wrongUrl(`"${text}" is not the number of a database`);
  return Number(text);
}

function wrongUrl(reason: string): TypeError {
  return new TypeError(`Cannot read Redis URL: ${reason}; use ${FORMS}`);
}
