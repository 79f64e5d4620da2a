/**
 * Several servers that share a session store.
 *
 * @module
 */

import { freePort } from "../../cli/processes/workers.ts";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { RedisServer } from "./redis_server.ts";
import { ServerProcess } from "./server_process.ts";
import { WireClient } from "./wire_client.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const SIGNING = { secretKey: SECRET, signed: true };

/** The stores that several servers can share. */
export type SharedStoreKind = "sqlite" | "redis" | "valkey";

/** Servers that share a store. They and the store are stopped when it is disposed of. */
export class SharedServers implements AsyncDisposable {
  readonly #app: string;
  readonly #store: string;
  readonly #resources: AsyncDisposableStack;
  /** The running servers. */
  readonly servers: ServerProcess[] = [];
  /** The engine; undefined for SQLite. */
  readonly engine: RedisServer | undefined;

  constructor(app: string, store: string, resources: AsyncDisposableStack, engine: RedisServer | undefined) {
    this.#app = app;
    this.#store = store;
    this.#resources = resources;
    this.engine = engine;
  }

  /** Starts a store and servers. */
  static async start(kind: SharedStoreKind, app: string, count: number): Promise<SharedServers> {
    const resources = new AsyncDisposableStack();
    const path = decodeURIComponent(new URL(`../store/apps/${app}.ts`, import.meta.url).pathname);
    let shared: SharedServers;
    if (kind === "sqlite") {
      const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
      resources.defer(() => Deno.remove(folder, { recursive: true }));
      shared = new SharedServers(path, `sqlite:${folder}/sessions.db`, resources, undefined);
    } else {
      const engine = resources.use(await RedisServer.start(kind));
      shared = new SharedServers(path, engine.url, resources, engine);
    }
    await Promise.all(Array.from({ length: count }, () => shared.add()));
    return shared;
  }

  /** Starts a server. By default the others reach it at a port of 127.0.0.1. */
  async add(...args: string[]): Promise<ServerProcess> {
    return await this.addWith('exec "$@"', ...args);
  }

  /** Starts a server with a shell script that runs it, as {@linkcode add}. */
  async addWith(shell: string, ...args: string[]): Promise<ServerProcess> {
    const own = args.includes("--peer-address") ? [] : ["--peer-address", `127.0.0.1:${freePort("127.0.0.1")}`];
    const server = await ServerProcess.start({
      apps: [this.#app],
      args: ["--session-ids", "signed", "--unused-session-lifetime", "60000", ...own, ...args],
      env: { BOKEH_SECRET_KEY: SECRET, BOKEH_SESSION_STORE: this.#store },
      shell,
    });
    this.servers.push(this.#resources.use(server));
    return server;
  }

  /** Returns a token of a new session. */
  async token(): Promise<string> {
    return await generateToken(await generateSessionId(SIGNING), { ...SIGNING, expirationSeconds: 300 });
  }

  /** Connects a client to a session through a server, and waits for `ACK`. */
  async connect(server: ServerProcess, token: string): Promise<WireClient> {
    return await WireClient.connect(server.port, "", { path: new URL(`${server.url}/ws`).pathname, token });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
