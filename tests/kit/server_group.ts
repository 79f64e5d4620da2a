/**
 * Servers that share a session store, and clients that use them through a load balancer.
 *
 * @module
 */

import { freePort } from "../../cli/processes/workers.ts";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { type Balancer, type BalancerProgram, startBalancer } from "./balancer.ts";
import { newFigures, type ReturnFigures, ReturningClient } from "./returning_client.ts";
import { ServerProcess } from "./server_process.ts";

const DASHBOARD = decodeURIComponent(new URL("../store/apps/dashboard.ts", import.meta.url).pathname);
const MAIN = decodeURIComponent(new URL("../../mod.ts", import.meta.url).pathname);
const CLOCK = decodeURIComponent(new URL("jumping_clock.ts", import.meta.url).pathname);
const SECRET = "a secret of the servers of one test";
/** Lifetime of tokens: longer than the clocks of a test differ. */
const TOKEN_SECONDS = 10_800;
/** Number of clients that connect at the same time at the start. */
const CONCURRENCY = 20;

/** The host of a server. */
export interface ServerPlace {
  /** Address on which it listens. */
  readonly address: string;
  /** See `ServerProcessOptions.shell`. */
  readonly shell?: string;
  /** Difference of its clock from that of the machine, in milliseconds. */
  readonly clockOffset?: number;
}

/** Options of {@linkcode ServerGroup.start}. */
export interface ServerGroupOptions {
  /** Number of servers on this machine, or the place of each. */
  readonly servers: number | readonly ServerPlace[];
  /** Name of the session store. */
  readonly store: string;
  readonly balancer: BalancerProgram;
  /** Further arguments of each server. */
  readonly args?: readonly string[];
}

/** Servers behind a load balancer. They are stopped when the group is disposed of. */
export class ServerGroup implements AsyncDisposable {
  readonly #places: readonly (ServerPlace & { readonly port: number })[];
  readonly #options: ServerGroupOptions;
  readonly #balancer: Balancer;
  readonly #clients: ReturningClient[] = [];
  /** The servers in the order of their ports. */
  readonly servers: ServerProcess[];
  /** Results of the clients. */
  readonly figures: ReturnFigures = newFigures();

  constructor(
    options: ServerGroupOptions,
    places: readonly (ServerPlace & { readonly port: number })[],
    servers: ServerProcess[],
    balancer: Balancer,
  ) {
    this.#options = options;
    this.#places = places;
    this.servers = servers;
    this.#balancer = balancer;
  }

  /** Starts servers and their load balancer. */
  static async start(options: ServerGroupOptions): Promise<ServerGroup> {
    const { servers: given, balancer: program } = options;
    const hosts: readonly ServerPlace[] = typeof given === "number"
      ? Array.from({ length: given }, () => ({ address: "127.0.0.1" }))
      : given;
    const places = hosts.map((place) => ({ ...place, port: freePort("127.0.0.1") }));
    const servers = await Promise.all(places.map((place) => startServer(place, options)));
    const balancer = await startBalancer(program, places.map(({ address, port }) => `${address}:${port}`));
    return new ServerGroup(options, places, servers, balancer);
  }

  /** The clients. */
  get clients(): readonly ReturningClient[] {
    return this.#clients;
  }

  /** Whether all clients have a connection and the document. */
  get isConnected(): boolean {
    return this.#clients.every((client) => client.isConnected);
  }

  /** Opens sessions, each with one client that changes it at an interval in milliseconds. */
  async connect(count: number, interval: number): Promise<void> {
    const signing = { secretKey: SECRET, signed: true };
    let next = 0;
    const open = async () => {
      while (next++ < count) {
        const token = await generateToken(await generateSessionId(signing), {
          ...signing,
          expirationSeconds: TOKEN_SECONDS,
        });
        const client = new ReturningClient(`ws://${this.#balancer.host}/dashboard/ws`, token, this.figures);
        this.#clients.push(client);
        await client.start(interval);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, open));
  }

  /** Stops a server with SIGTERM or SIGKILL, and starts it again on the same port. */
  async restart(index: number, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    this.servers[index]!.signal(signal);
    await this.servers[index]!.exitCode();
    this.servers[index] = await startServer(this.#places[index]!, this.#options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    await Promise.all(this.servers.map((server) => server.kill()));
    await this.#balancer[Symbol.asyncDispose]();
  }
}

async function startServer(
  { address, port, shell, clockOffset }: ServerPlace & { readonly port: number },
  { store, args = [] }: ServerGroupOptions,
): Promise<ServerProcess> {
  const options = [
    ...["--address", address, "--port", `${port}`, "--session-store", store, "--session-ids", "signed"],
    ...["--session-token-expiration", `${TOKEN_SECONDS}`, "--allow-websocket-origin", "*", "--keep-alive", "1000"],
    ...["--log-level", "error", ...args],
  ];
  const env = { BOKEH_SECRET_KEY: SECRET, CLOCK_OFFSET: `${clockOffset ?? 0}` };
  const preload = clockOffset === undefined ? [] : ["--preload", CLOCK];
  return await ServerProcess.run(["run", "-A", ...preload, MAIN, "serve", DASHBOARD, ...options], {
    env,
    ...shell !== undefined && { shell },
  });
}

/** Returns a percentile of numbers, 0 if there are none. */
export function percentile(values: readonly number[], fraction: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * fraction))] ?? 0;
}
