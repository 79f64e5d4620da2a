/**
 * Measures how long other clients wait during an attack.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { ServerProcess } from "./server_process.ts";
import type { WireClient } from "./wire_client.ts";

/** Maximum wait of another client, in milliseconds. */
const MAX_MILLISECONDS = 100;
/** Number of requests that measure the baseline. */
const BASELINE_REQUESTS = 20;

/**
 * Runs an attack and returns its result. Another client sends requests meanwhile and must not wait longer than 100 ms plus three
 * times the longest wait without the attack. Only the processor time of the server counts, because other programs may use the
 * machine too.
 *
 * @throws {AssertionError} If the other client waited longer.
 */
export async function servedMeanwhile<T>(
  server: ServerProcess,
  bystander: WireClient,
  attack: () => Promise<T>,
): Promise<T> {
  let baseline = 0;
  for (let i = 0; i < BASELINE_REQUESTS; i++) baseline = Math.max(baseline, await waitOf(server, bystander));
  let hasEnded = false;
  const done = attack().finally(() => hasEnded = true);
  let longest = 0;
  while (!hasEnded) longest = Math.max(longest, await waitOf(server, bystander));
  const result = await done;
  const most = MAX_MILLISECONDS + 3 * baseline;
  assert(longest <= most, `Another client waited ${longest.toFixed(0)} ms, more than ${most.toFixed(0)} ms`);
  return result;
}

/** Returns the wait for the reply to a request, at most the processor time of the server, in milliseconds. */
async function waitOf(server: ServerProcess, client: WireClient): Promise<number> {
  const before = await server.processorTime();
  const start = performance.now();
  await client.ask("SERVER-INFO-REQ");
  return Math.min(performance.now() - start, await server.processorTime() - before);
}
