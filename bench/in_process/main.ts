/** Measures one figure in this process, without a server: arguments are its kind, a document, and the seconds. */

import { memoryOf } from "../measure/proc.ts";
import { spread } from "../measure/statistics.ts";
import { build, pull, streamer } from "./figures.ts";

const [kind, name, seconds] = Deno.args;

/** Repeats something for a time, after as long a time that is not counted. */
function time(work: () => void): void {
  repeat(work, 1);
  const took = repeat(work, 3);
  const latency = spread(took)!;
  // The mean beside the median: collecting garbage is part of the work, and no median sees it.
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

/** Memory of a document in KB: what one more costs beside as many others of its kind, once the process is as large as they make it. */
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

/** What the process has of the machine, and what of it the garbage collector holds to be in use. */
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
}
