/**
 * Measures how long other clients wait while a server works for an attacker.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { ServerProcess } from "./server_process.ts";
import type { WireClient } from "./wire_client.ts";

/** How long a client may have to wait at most, in milliseconds. */
const MOST_MILLISECONDS = 100;
/** Requests that the baseline is measured with. */
const BASELINE_REQUESTS = 20;

/**
 * Returns what an attack resolves to. Throws an AssertionError when another client had to wait longer than 100 ms for an answer
 * meanwhile. Three times the longest wait without the attack is added. On a machine that others use too, only the time that the
 * server used its processor counts.
 */
export async function servedMeanwhile<T>(
  server: ServerProcess,
  bystander: WireClient,
  attack: () => Promise<T>,
): Promise<T> {
  let baseline = 0;
  for (let i = 0; i < BASELINE_REQUESTS; i++) baseline = Math.max(baseline, await waitOf(server, bystander));
  let ended = false;
  const done = attack().finally(() => ended = true);
  let longest = 0;
  while (!ended) longest = Math.max(longest, await waitOf(server, bystander));
  const result = await done;
  const most = MOST_MILLISECONDS + 3 * baseline;
  assert(longest <= most, `A bystander waited ${longest.toFixed(0)} ms, more than ${most.toFixed(0)} ms`);
  return result;
}

async function waitOf(server: ServerProcess, client: WireClient): Promise<number> {
  const before = await server.processorTime();
  const start = performance.now();
  await client.ask("SERVER-INFO-REQ");
  return Math.min(performance.now() - start, await server.processorTime() - before);
}
