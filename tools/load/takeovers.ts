/**
 * Scenarios of servers that share a session store and end under load.
 *
 * @module
 */

import { eventually } from "../../tests/kit/eventually.ts";
import { percentile, ServerGroup } from "../../tests/kit/server_group.ts";
import { RedisServer } from "../../tests/kit/redis_server.ts";

/** Interval between the changes of each client, in milliseconds. */
const INTERVAL_MILLISECONDS = 100;
/** Longest wait until all clients are back, in seconds. */
const PATIENCE_SECONDS = 180;

/** A scenario. */
export interface TakeoverScenario {
  /** Number of servers behind HAProxy. */
  readonly servers: number;
  /** Number of clients, each with a session of its own that it changes 10 times a second. */
  readonly clients: number;
  /** How each server ends: `SIGTERM` for a rolling restart, `SIGKILL` for crashes. */
  readonly signal: "SIGTERM" | "SIGKILL";
}

/**
 * Ends the servers one after the other and starts each again, while clients change their sessions.
 *
 * @returns Figures by their names.
 */
export async function measureTakeovers(
  { servers, clients, signal }: TakeoverScenario,
): Promise<Record<string, number | string>> {
  await using store = await RedisServer.start("valkey");
  await using group = await ServerGroup.start({ servers, store: store.url, balancer: "haproxy" });
  await group.connect(clients, INTERVAL_MILLISECONDS);
  const memory = Number(/used_memory:(\d+)/.exec(await store.answer("INFO memory"))?.[1]);
  for (let index = 0; index < servers; index++) {
    await group.restart(index, signal);
    await eventually(() => group.isConnected, "all clients are back", PATIENCE_SECONDS);
  }
  for (const client of group.clients) client.pause();
  const { confirmed, lost, anew, returns, firstAttempts } = group.figures;
  return {
    "sessions": clients,
    "changes confirmed / lost": `${confirmed} / ${lost}`,
    "sessions started anew": anew,
    "returns": returns.length,
    "first attempt succeeded": `${Math.round(100 * firstAttempts / Math.max(returns.length, 1))} %`,
    "back after ms, p50 / p99 / max": [0.5, 0.99, 1].map((part) => Math.round(percentile(returns, part))).join(" / "),
    "KiB of the store per session": Math.round(memory / 1024 / clients * 10) / 10,
  };
}
