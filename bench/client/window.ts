/** Runs work through a warm-up and a window that is measured. */

import { setTimeout as delay } from "node:timers/promises";
import type { Measurement, Target } from "./job.ts";
import type { Meter } from "./meter.ts";

/** How often a window may be as long as it was asked to be. */
const MOST_WINDOWS = 20;

/** Repeats each operation, one after the other, until the window has closed; one that fails ends it all. */
export async function repeat(target: Target, meter: Meter, operations: (() => Promise<void>)[]): Promise<Measurement> {
  let running = true;
  const workers = Promise.all(operations.map(async (operation) => {
    while (running) {
      const started = performance.now();
      await operation();
      meter.done(performance.now() - started);
    }
  }));
  const measurement = await observe(target, meter, workers, operations.length);
  running = false;
  await workers;
  return measurement;
}

/**
 * Measures what happens by itself; whatever fails among `failures` ends it. A server that is so slow that fewer than
 * `atLeast` operations end in the window is given a longer one.
 */
export async function observe(
  target: Target,
  meter: Meter,
  failures: Promise<unknown>,
  atLeast = 1,
): Promise<Measurement> {
  await pass(target.warmSeconds, failures);
  meter.open();
  for (let windows = 0; windows === 0 || meter.count < atLeast && windows < MOST_WINDOWS; windows++) {
    await pass(target.seconds, failures);
  }
  return meter.close();
}

/** Does something for each of `0 … count - 1`, some at a time; the results in order. */
export async function inTurns<T>(count: number, atOnce: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return results;
}

async function pass(seconds: number, failures: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const timer = delay(seconds * 1000, undefined, { signal: over.signal }).catch((error) => {
    if (!over.signal.aborted) throw error;
  });
  try {
    await Promise.race([timer, failures]);
  } finally {
    over.abort();
  }
}
