/**
 * A server with a port of its own.
 *
 * @module
 */

import { DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { settlesWithin } from "../common/settles_within.ts";
import { hostPatterns } from "../handlers/http/origins.ts";
import { errorResponse } from "../handlers/http/responses.ts";
import type { Applications } from "./application_sources.ts";
import { BokehServer } from "./bokeh_server.ts";
import { lacksHost } from "./requests/request_limits.ts";
import { resolveLimits } from "./options/limits.ts";
import { type Certificate, Listener } from "./listener.ts";
import type { ServeBokehOptions } from "./options/options.ts";
import type { Peers } from "./processes/peers.ts";

export type { ServeBokehOptions } from "./options/options.ts";

/**
 * Time that websockets may take to close before the listener closes, which aborts them without a
 * close frame.
 */
const CLOSING_MILLISECONDS = 1000;

/** Host names that refer to the own machine. */
const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** Time that requests in progress may take when the server stops. */
const LAST_REQUESTS_MILLISECONDS = 2000;

/** A server that listens on a port or a unix socket. Disposing of it stops it. */
export class BokehHttpServer extends BokehServer {
  readonly #options: ServeBokehOptions;
  #http: Listener | undefined;
  /** The processes that share the sessions; undefined if this process owns all of them. */
  #others: Peers | undefined;

  /** Creates a server that does not listen yet. Use {@linkcode serveBokeh}. */
  constructor(applications: Applications, options: ServeBokehOptions) {
    super(applications, options);
    this.#options = options;
  }

  /** Address on which the server listens. */
  get addr(): Deno.Addr {
    return this.#listening.addr;
  }

  /**
   * Port on which the server listens.
   *
   * @throws {TypeError} If the server listens on a unix socket.
   */
  get port(): number {
    const { addr } = this;
    if ("port" in addr) return addr.port;
    throw new TypeError("Cannot get port: the server listens on a unix socket");
  }

  /** URL of the server with the prefix and a trailing slash. Applications are below it. */
  get url(): string {
    const { addr } = this;
    if (!("port" in addr)) return `unix:${"path" in addr ? addr.path : ""}${this.prefix}/`;
    const { cert, hostname = "localhost" } = this.#options;
    const anywhere = hostname === "0.0.0.0" || hostname === "::";
    const host = anywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
    return `${cert === undefined ? "http" : "https"}://${host}:${addr.port}${this.prefix}/`;
  }

  /** Resolves when the server has stopped and all responses have been sent. */
  get finished(): Promise<void> {
    return this.#listening.finished;
  }

  /**
   * Listens with another certificate. Sessions are kept. Their websockets are closed with 1001, and
   * pages reconnect automatically.
   *
   * @throws {TypeError} If the server listens without TLS.
   * @throws {Error} If the certificate is not valid or does not match the key. Then the old one is
   * kept.
   */
  async renewCertificate(certificate: Certificate): Promise<void> {
    if (this.#options.cert === undefined) {
      throw new TypeError("Cannot renew certificate: the server listens without TLS");
    }
    await this.#listening.renewCertificate(certificate);
  }

  /** Loads the applications, runs their hooks, and listens. If it fails, the server stops. */
  async listen(): Promise<void> {
    try {
      await this.#listen();
    } catch (error) {
      await this.stop(false);
      throw error;
    }
  }

  async #listen(): Promise<void> {
    const { signal, onListen } = this.#options;
    signal?.throwIfAborted();
    await this.#listenForPeers();
    await this.initialize();
    if (this.#options.peerAddress !== undefined) await this.#others?.checkAddress();
    if (this.#options.path !== undefined) await removeStaleSocket(this.#options.path);
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

  /**
   * Closes the websockets with 1001, or with 1012 if another process can go on with their sessions,
   * destroys the sessions or releases them to the session store, runs the hooks, and closes the port.
   */
  override async stop(wait = true): Promise<void> {
    const ended = super.stop(wait);
    await this.drainStarted.promise;
    // in this turn, the sessions start to close their websockets and new ones are refused
    await new Promise((resolve) => setTimeout(resolve, 0));
    // With a session store, they stay open until the store has the changes that their answers wait for.
    const {
      sessionStore,
      drainMilliseconds = DEFAULT_SESSION_TIMES.drainMilliseconds,
      drainSpreadMilliseconds = 0,
    } = this.#options;
    const patience = (sessionStore === undefined ? 0 : drainMilliseconds) + drainSpreadMilliseconds;
    if (wait && patience > 0) await Promise.race([ended.catch(() => {}), this.openSockets.closed(patience)]);
    await this.openSockets.closed(CLOSING_MILLISECONDS); // clients that have gone do not answer the close frame
    const closed = Promise.all([this.#http?.shutdown(), this.#others?.[Symbol.asyncDispose]()]);
    await ended;
    // requests whose body has not arrived by the deadline are not waited for
    await settlesWithin(closed, LAST_REQUESTS_MILLISECONDS);
    await this.#removeSocketFile();
  }

  /** As {@linkcode BokehHttpServer.stop}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #listening(): Listener {
    if (this.#http === undefined) throw new Error("Cannot get address: the server does not listen");
    return this.#http;
  }

  async #listenForPeers(): Promise<void> {
    const { processGroup: group, peerAddress, sessionStore, secretKey, sessionStoreSecret = secretKey ?? "" } =
      this.#options;
    if (peerAddress !== undefined && sessionStore === undefined) {
      throw new TypeError("Cannot use peerAddress without sessionStore: only processes with a store share sessions");
    }
    if (group === undefined && sessionStore === undefined) return;
    // Imported only here: a server of one process starts faster.
    const { Peers } = await import("./processes/peers.ts");
    const { relayBytes } = resolveLimits(this.#options.limits);
    const store = sessionStore && { isRemote: sessionStore.isRemote, secret: sessionStoreSecret };
    const peers = this.#others = new Peers({ group, peerAddress, store, relayBytes });
    this.joinPeers(peers);
    await peers.listen({
      owns: (key) => this.ownsSession(key),
      answer: (request, client) => this.fetchForPeer(request, client),
    });
  }

  async #removeSocketFile(): Promise<void> {
    const { path } = this.#options;
    // without a listener, the file can be that of another server
    if (path !== undefined && this.#http !== undefined) await Deno.remove(path).catch(() => {});
  }
}

function badRequest(): Response {
  return errorResponse(400, "Host is missing or malformed", { headers: { connection: "close" } });
}

/**
 * Removes the file of a unix socket on which no process listens: a killed process leaves it behind.
 */
async function removeStaleSocket(path: string): Promise<void> {
  if (!(await Deno.stat(path).catch(() => undefined))?.isSocket) return;
  try {
    (await Deno.connect({ transport: "unix", path })).close();
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) await Deno.remove(path);
  }
}

/**
 * Maximum length of the queue of connections that wait to be accepted; the operating system may
 * reduce it. It drops further connections silently, and clients retry after 1, 3, 7 and 15 seconds.
 */
const BACKLOG = 65_535;

function listenOptions(options: ServeBokehOptions): Deno.ServeTcpOptions {
  const { port = 5006, hostname, path, cert, key, reusePort } = options;
  const where = path === undefined
    ? { port, tcpBacklog: BACKLOG, ...(hostname === undefined ? {} : { hostname }) }
    : { path };
  const tls = cert === undefined || key === undefined ? {} : { cert, key };
  // the overloads of Deno.serve separate TCP and unix sockets, its implementation does not
  return { ...where, ...tls, ...(reusePort === undefined ? {} : { reusePort }) };
}

/**
 * Serves applications on a port.
 *
 * @param applications Applications by path, or a single one, which is served at `/`.
 * @throws {TypeError | RangeError} If an option is not valid.
 * @throws {Deno.errors.AddrInUse} If the port is in use.
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
