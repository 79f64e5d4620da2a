/**
 * Opens, uses and drops sessions at a steady rate, and shows that nothing is lost and nothing grows.
 *
 *     deno task soak [--minutes N] [--visitors N] [--server "bokeh serve tests/apps/sliders.py --port {port}"]
 *
 * @module
 */

import { parseArgs } from "node:util";
import { LoadClient, type Tally, unanswered } from "./load/load_client.ts";
import { OURS, type Resources, ServerUnderLoad } from "./load/server_under_load.ts";

/** Patches of one visit. */
const PATCHES = 20;
/** Of its own growth over the second half, a process may show so much: what a heap does between two collections. */
const TOLERANCE = 1.25;

/** One visitor after the other, until time is up. */
async function visit(url: string, tally: Tally & { sessions: number }, end: number): Promise<void> {
  while (performance.now() < end) {
    const client = await LoadClient.open(url, crypto.randomUUID(), tally);
    const ids = await client?.pull();
    if (client === undefined || ids === undefined) continue;
    tally.sessions++;
    const [freq = "", text = ""] = [ids.get("freq"), ids.get("text")];
    for (let i = 0; i < PATCHES && performance.now() < end; i++) {
      if (i % 5 === 4) await client.set(text, "value", `visit ${i}`);
      else await client.set(freq, "value", 0.1 + Math.random() * 5);
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
    }
    client.close();
    await client.closed;
  }
}

function line(name: string, { memory, descriptors }: Resources): string {
  return `${name.padEnd(8)} ${memory.toFixed(1).padStart(8)} MiB ${String(descriptors).padStart(6)} descriptors`;
}

if (import.meta.main) {
  const { minutes, visitors, server: words } = parseArgs({
    args: Deno.args,
    options: { minutes: { type: "string" }, visitors: { type: "string" }, server: { type: "string" } },
  }).values;
  const duration = Number(minutes ?? 3) * 60_000;
  const lifetimes = ["--unused-session-lifetime", "2000", "--check-unused-sessions", "1000"];
  await using server = await ServerUnderLoad.start([...words?.split(" ") ?? OURS, ...lifetimes]);
  const tally = { sessions: 0, sent: 0, acknowledged: 0, refused: 0 };
  const run = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    await Promise.all(Array.from({ length: Number(visitors ?? 40) }, () => visit(server.url, tally, end)));
    // what was dropped is given the time to go
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
  console.log([line("start", start), line("middle", middle), line("end", end)].join("\n"));
  const grows = end.memory > middle.memory * TOLERANCE || end.descriptors > start.descriptors + 10;
  if (lost > 0 || tally.refused > 0 || grows) {
    console.error("ERROR: patches were lost or refused, or the server grows");
    Deno.exitCode = 1;
  }
}
