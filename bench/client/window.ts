/** Runs operations during a warm-up and a measurement. */

import { setTimeout as delay } from "node:timers/promises";
import type { Measurement, Target } from "./job.ts";
import type { Meter } from "./meter.ts";

/** Maximum duration of a measurement, as a multiple of the requested duration. */
const MAX_EXTENSIONS = 20;

/**
 * Repeats the operations concurrently, each in sequence, until the measurement ends. With `target.perSecond` they start at this
 * rate, or as fast as they can while they are behind. Rejects if one fails.
 */
export async function repeat(target: Target, meter: Meter, operations: (() => Promise<void>)[]): Promise<Measurement> {
  let running = true;
  const turn = paced(target.perSecond);
  const workers = Promise.all(operations.map(async (operation) => {
    while (running) {
      await turn();
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

/** Returns a function that resolves at a constant rate, or at once without a rate. */
function paced(perSecond: number | undefined): () => Promise<void> {
  const started = performance.now();
  let turns = 0;
  return async () => {
    if (perSecond === undefined) return;
    const milliseconds = started + turns++ * 1000 / perSecond - performance.now();
    if (milliseconds > 0) await delay(milliseconds);
  };
}

/**
 * Measures operations that other code counts. Rejects if `failures` does. Extends the measurement of a server that is so slow
 * that fewer than `atLeast` operations have ended.
 */
export async function observe(
  target: Target,
  meter: Meter,
  failures: Promise<unknown>,
  atLeast = 1,
): Promise<Measurement> {
  await pass(target.warmSeconds, failures);
  meter.open();
  for (let windows = 0; windows === 0 || meter.count < atLeast && windows < MAX_EXTENSIONS; windows++) {
    await pass(target.seconds, failures);
  }
  return meter.close();
}

/** Calls `work` with 0 to `count - 1`, at most `atOnce` calls at the same time. Returns the results in order. */
export async function mapConcurrently<T>(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
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

/** Waits for a time. Rejects at once if `failures` rejects. */
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
