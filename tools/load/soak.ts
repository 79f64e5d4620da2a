/**
 * Opens, uses and closes sessions at a steady rate, and then floods this server (`floods.ts`). Fails if a patch gets no answer
 * or is refused, if the server's memory or file descriptors grow, or if a flood takes more memory than its limit.
 *
 * ```sh
 * deno task soak [--minutes N] [--clients N] [--server "bokeh serve tests/apps/sliders.py --port {port}"]
 * ```
 *
 * @module
 */

import { parseArgs } from "node:util";
import { LoadClient, type Tally, unanswered } from "./load_client.ts";
import { checkExpiredSessions, checkUnreadFlood } from "./floods.ts";
import { DENO_SERVER_COMMAND, type Resources, ServerUnderLoad } from "./server_under_load.ts";

/** The number of patches that a client sends to each session. */
const PATCHES = 20;
/** The allowed ratio of memory at the end to memory at half time. A heap varies between two garbage collections. */
const TOLERANCE = 1.25;

/**
 * Uses one session after the other until `end`.
 *
 * @param end a time of `performance.now()`
 */
async function useSessions(url: string, tally: Tally & { sessions: number }, end: number): Promise<void> {
  while (performance.now() < end) {
    const client = await LoadClient.open(url, crypto.randomUUID(), tally);
    const ids = await client?.pull();
    if (client === undefined || ids === undefined) continue;
    tally.sessions++;
    const [freq = "", text = ""] = [ids.get("freq"), ids.get("text")];
    for (let i = 0; i < PATCHES && performance.now() < end; i++) {
      if (i % 5 === 4) await client.set(text, "value", `patch ${i}`);
      else await client.set(freq, "value", 0.1 + Math.random() * 5);
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
    }
    client.close();
    await client.closed;
  }
}

function resourcesLine(name: string, { memory, descriptors }: Resources): string {
  return `${name.padEnd(8)} ${memory.toFixed(1).padStart(8)} MiB ${String(descriptors).padStart(6)} descriptors`;
}

if (import.meta.main) {
  const { minutes, clients, server: command } = parseArgs({
    args: Deno.args,
    options: { minutes: { type: "string" }, clients: { type: "string" }, server: { type: "string" } },
  }).values;
  const duration = Number(minutes ?? 3) * 60_000;
  const lifetimes = ["--unused-session-lifetime", "2000", "--check-unused-sessions", "1000"];
  await using server = await ServerUnderLoad.start([...command?.split(" ") ?? DENO_SERVER_COMMAND, ...lifetimes]);
  const tally = { sessions: 0, sent: 0, acknowledged: 0, refused: 0 };
  const run = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    await Promise.all(Array.from({ length: Number(clients ?? 40) }, () => useSessions(server.url, tally, end)));
    // The last sessions expire before the resources are read.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    return await server.resources();
  };
  const start = await run(Math.min(10_000, duration / 4));
  const middle = await run(duration / 2);
  const end = await run(duration / 2);
  const lost = unanswered(tally);
  console.log(
    `sessions ${tally.sessions}, patches sent ${tally.sent}, acknowledged ${tally.acknowledged}, lost ${lost}`,
  );
  console.log([resourcesLine("start", start), resourcesLine("middle", middle), resourcesLine("end", end)].join("\n"));
  const grows = end.memory > middle.memory * TOLERANCE || end.descriptors > start.descriptors + 10;
  if (lost > 0 || tally.refused > 0 || grows) {
    console.error("ERROR: patches were lost or refused, or the memory or file descriptors of the server grow");
    Deno.exitCode = 1;
  }
  if (command === undefined) {
    for (const check of [checkUnreadFlood, checkExpiredSessions]) {
      const { name, memory, limit } = await check();
      console.log(`${name}: ${memory.toFixed(1)} MiB, limit ${limit.toFixed(1)} MiB`);
      if (memory <= limit) continue;
      console.error(`ERROR: the memory of the server exceeds the limit: ${name}`);
      Deno.exitCode = 1;
    }
  }
}
