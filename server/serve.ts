/**
 * A server with a port of its own.
 *
 * @module
 */

import { settlesWithin } from "../common/settles_within.ts";
import { hostPatterns } from "../handlers/http/origins.ts";
import { errorResponse } from "../handlers/http/responses.ts";
import { type Applications, BokehServer } from "./bokeh_server.ts";
import { lacksHost } from "./requests/request_limits.ts";
import { resolveLimits } from "./options/limits.ts";
import { type Certificate, Listener } from "./listener.ts";
import type { ServeBokehOptions } from "./options/options.ts";
import { ProcessGroup } from "./process_group.ts";

export type { ServeBokehOptions } from "./options/options.ts";

/** How long websockets may take to close before the listener goes, which cuts them off without a word. */
const CLOSING_MILLISECONDS = 1000;

/** Names that a machine calls itself. */
const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** How long requests may take that are under way when the server stops. */
const LAST_REQUESTS_MILLISECONDS = 2000;

/** A server that listens. Disposing of it stops it. */
export class BokehHttpServer extends BokehServer {
  readonly #options: ServeBokehOptions;
  readonly #group: ProcessGroup | undefined;
  #http: Listener | undefined;
  /** Takes what other processes of the group hand over. */
  #inner: Deno.HttpServer | undefined;

  /** Does not listen yet: see {@linkcode serveBokeh}. */
  constructor(applications: Applications, options: ServeBokehOptions) {
    super(applications, options);
    this.#options = options;
    if (options.processGroup === undefined) return;
    this.#group = new ProcessGroup(options.processGroup, resolveLimits(options.limits).relayBytes);
    this.joinProcesses(this.#group);
  }

  /** Where the server listens. */
  get addr(): Deno.Addr {
    return this.#listening.addr;
  }

  /** Port that the server listens on. Throws where it listens on a unix socket. */
  get port(): number {
    const { addr } = this;
    if ("port" in addr) return addr.port;
    throw new TypeError("Cannot tell port: the server listens on a unix socket");
  }

  /** URL below which the applications are, with the prefix and a slash at its end. */
  get url(): string {
    const { addr } = this;
    if (!("port" in addr)) return `unix:${"path" in addr ? addr.path : ""}${this.prefix}/`;
    const { cert, hostname = "localhost" } = this.#options;
    const anywhere = hostname === "0.0.0.0" || hostname === "::";
    const host = anywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
    return `${cert === undefined ? "http" : "https"}://${host}:${addr.port}${this.prefix}/`;
  }

  /** Resolves when the server has stopped and all its answers are sent. */
  get finished(): Promise<void> {
    return this.#listening.finished;
  }

  /**
   * Listens with another certificate from now on. Sessions live on; their websockets are closed with 1001, and pages come back by themselves.
   *
   * @throws {TypeError} Where the server listens without TLS.
   * @throws {Error} Where the certificate is none, or the key is not its own: then all is as before.
   */
  async renewCertificate(certificate: Certificate): Promise<void> {
    if (this.#options.cert === undefined) {
      throw new TypeError("Cannot renew certificate: the server listens without TLS");
    }
    await this.#listening.renewCertificate(certificate);
  }

  /** Runs the hooks, then listens. */
  async listen(): Promise<void> {
    const { signal, onListen } = this.#options;
    signal?.throwIfAborted();
    await this.initialize();
    if (this.#options.path !== undefined) await removeStaleSocket(this.#options.path);
    if (this.#group !== undefined) await this.#listenForPeers(this.#group);
    this.#http = new Listener(
      listenOptions(this.#options),
      (request, info) => lacksHost(request) ? badRequest() : this.fetch(request, info),
    );
    if (this.websocketOrigins.length === 0 && "port" in this.addr) {
      this.allowOrigins(hostPatterns(LOCAL_HOSTS.map((host) => `${host}:${this.port}`)));
    }
    await this.start();
    signal?.addEventListener("abort", () => void this.stop());
    onListen?.(this.addr);
  }

  /** Closes the websockets with 1001, ends the sessions, runs the hooks, and gives the port back. */
  override async stop(wait = true): Promise<void> {
    const ended = super.stop(wait);
    // the websockets are being closed with a code of their own: from then on nobody is let in any more
    await new Promise((resolve) => setTimeout(resolve, 0));
    await this.openSockets.closed(CLOSING_MILLISECONDS);
    const closed = Promise.all([this.#http?.shutdown(), this.#inner?.shutdown()]);
    await ended;
    // who has not sent the whole of a request by then is not waited for
    await settlesWithin(closed, LAST_REQUESTS_MILLISECONDS);
    this.#group?.[Symbol.dispose]();
    await this.#removeSocketFile();
  }

  /** As {@linkcode BokehHttpServer.stop}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #listening(): Listener {
    if (this.#http === undefined) throw new Error("Cannot tell address: the server does not listen");
    return this.#http;
  }

  async #listenForPeers(group: ProcessGroup): Promise<void> {
    const { path } = group;
    await group.key();
    // one who died has left its file
    await Deno.remove(path).catch(() => {});
    this.#inner = Deno.serve({ path, onListen: () => {} }, async (request) => {
      const client = await group.relayedClient(request);
      return client === undefined
        ? errorResponse(403, "This socket is for processes of the server")
        : await this.fetchForPeer(request, client);
    });
  }

  async #removeSocketFile(): Promise<void> {
    const { path } = this.#options;
    if (path !== undefined) await Deno.remove(path).catch(() => {});
  }
}

function badRequest(): Response {
  return errorResponse(400, "Host is missing or malformed", { headers: { connection: "close" } });
}

/** Takes away the file of a unix socket that nobody listens on: a program that was killed has left it. */
async function removeStaleSocket(path: string): Promise<void> {
  if (!(await Deno.stat(path).catch(() => undefined))?.isSocket) return;
  try {
    (await Deno.connect({ transport: "unix", path })).close();
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) await Deno.remove(path);
  }
}

/**
 * So many connections may wait to be let in, or as many as the system allows. It drops others without a word, and they try
 * again after 1, 3, 7, 15 seconds.
 */
const MOST_WAITING = 65_535;

function listenOptions(options: ServeBokehOptions): Deno.ServeTcpOptions {
  const { port = 5006, hostname, path, cert, key, reusePort } = options;
  const where = path === undefined
    ? { port, tcpBacklog: MOST_WAITING, ...(hostname === undefined ? {} : { hostname }) }
    : { path };
  const tls = cert === undefined || key === undefined ? {} : { cert, key };
  // the overloads of Deno.serve part what its implementation takes together
  return { ...where, ...tls, ...(reusePort === undefined ? {} : { reusePort }) };
}

/**
 * Serves applications on a port.
 *
 * @param applications Applications by path, or one to serve at `/`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { serveBokeh } from "@bokeh/server";
 *
 * await using server = await serveBokeh({ "/empty": () => {} }, { port: 0 });
 * const response = await fetch(`${server.url}empty`);
 * await response.body?.cancel();
 * assertEquals(response.status, 200);
 * ```
 */
export async function serveBokeh(
  applications: Applications,
  options: ServeBokehOptions = {},
): Promise<BokehHttpServer> {
  const server = new BokehHttpServer(applications, options);
  await server.listen();
  return server;
}
