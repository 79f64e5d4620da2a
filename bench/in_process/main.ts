/** Measures one figure in one process, without a server. Arguments: figure, document, and duration in seconds. */

import { openSession } from "../../testing/mod.ts";
import { echo } from "../apps/echo_task.ts";
import { memoryOf } from "../measure/proc.ts";
import { spread } from "../measure/statistics.ts";
import { build, pull, streamer } from "./figures.ts";

const [kind, name, seconds] = Deno.args;

/** Measures an operation, after a warm-up of the same duration. */
function time(work: () => void): void {
  repeat(work, 1);
  const took = repeat(work, 3);
  const latency = spread(took)!;
  // The mean includes garbage collection, which the median does not show.
  const cpu = took.reduce((sum, milliseconds) => sum + milliseconds, 0) / took.length;
  console.log(JSON.stringify({ value: latency.p50, latency, cpu }));
}

function repeat(work: () => void, atLeast: number): number[] {
  const took: number[] = [];
  const end = performance.now() + Number(seconds) * 1000;
  do {
    const started = performance.now();
    work();
    took.push(performance.now() - started);
  } while (performance.now() < end || took.length < atLeast);
  return took;
}

/** Measures a call of a task that returns its input, with 1.6 MB, in a session. */
async function timeTask(): Promise<void> {
  await using session = await openSession(() => {});
  const numbers = new Float64Array(200_000);
  const took: number[] = [];
  const end = performance.now() + 2 * Number(seconds) * 1000;
  await session.transact(async (doc) => {
    for (let count = 0; performance.now() < end || count < 20; count++) {
      const started = performance.now();
      await doc.task(echo, numbers);
      if (count >= 10) took.push(performance.now() - started); // the first calls start the Worker
    }
  });
  const latency = spread(took)!;
  console.log(JSON.stringify({ value: latency.p50, latency }));
}

/** Measures the memory of a document in KB. The first `count` documents are not measured, because they grow the heap itself. */
function hold(count: number): void {
  const kept: unknown[] = [];
  const keep = () => {
    for (let i = 0; i < count; i++) {
      const doc = build(name!);
      pull(doc);
      kept.push(doc);
    }
    collect();
    return memory();
  };
  const before = keep();
  const after = keep();
  const each = (what: "pss" | "heap") => (after[what] - before[what]) / count / 1024;
  console.log(JSON.stringify({ value: each("pss"), further: { heap: each("heap"), documents: kept.length } }));
}

/** Returns the memory of the process and the size of its live heap, in bytes. */
function memory(): { pss: number; heap: number } {
  const { heapUsed, external } = Deno.memoryUsage();
  return { pss: memoryOf(Deno.pid).pss, heap: heapUsed + external };
}

function collect(): void {
  for (let i = 0; i < 3; i++) (globalThis as { gc?: () => void }).gc?.();
}

switch (kind) {
  case "session":
    time(() => void pull(build(name!)));
    break;
  case "memory":
    hold(name === "many" ? 5 : 500);
    break;
  case "stream":
    time(streamer());
    break;
  case "task":
    await timeTask();
    break;
}
