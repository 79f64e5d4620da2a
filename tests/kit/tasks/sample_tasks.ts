/** Tasks for tests. */

import { defineTask, type TaskContext } from "@bokeh/server/tasks";

/** Returns the sum of numbers, and reports the sums before as progress. */
export const sum = defineTask(import.meta, (values: Float64Array, { progress }: TaskContext<number>) => {
  let total = 0;
  for (const value of values) progress(total += value);
  return total;
});

/** Returns the values times a factor, in a new array. */
export const scale = defineTask(import.meta, ({ values, factor }: { values: Float64Array; factor: number }) => {
  return { scaled: values.map((value) => value * factor), thread: threadId };
});

const threadId: string = crypto.randomUUID();

/** Computes for a time in milliseconds, without a pause, and returns its argument. */
export const compute = defineTask(import.meta, ({ milliseconds, polls }: { milliseconds: number; polls: boolean }, {
  throwIfAborted,
}) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) if (polls) throwIfAborted();
  return milliseconds;
});

/** Returns its position among all calls, and the largest number of calls that ran together while it ran. */
export const visit = defineTask(import.meta, async ({ visits, milliseconds }: {
  /** The number of calls so far, and of those that run now, in shared memory. */
  visits: Int32Array;
  milliseconds: number;
}) => {
  const position = Atomics.add(visits, 0, 1) + 1;
  let together = Atomics.add(visits, 1, 1) + 1;
  const end = performance.now() + milliseconds;
  do {
    await new Promise((resolve) => setTimeout(resolve, 1));
    together = Math.max(together, Atomics.load(visits, 1));
  } while (performance.now() < end);
  Atomics.sub(visits, 1, 1);
  return { position, together };
});

/** Returns the text of a file. */
export const readText = defineTask(import.meta, (file: string): Promise<string> => Deno.readTextFile(file));

/** Never ends, and ignores that it is cancelled. Computes nothing. */
export const wait = defineTask(import.meta, (): Promise<number> => new Promise(() => {}));

class FitError extends RangeError {
  override name = "FitError";
  code = "no_minimum";
}

/** Ends in the ways in which a task can fail. */
export const fail = defineTask(
  import.meta,
  async (how: "throw" | "reject" | "exit" | "crash" | "clone" | "heap" | "heap later") => {
    switch (how) {
      case "throw":
      case "reject":
        if (how === "reject") await Promise.resolve();
        throw new FitError("No minimum");
      case "exit":
        Deno.exit(3);
        break;
      case "crash":
        setTimeout(() => {
          throw new Error("In a timer");
        });
        return await new Promise(() => {});
      case "clone":
        return () => {};
      case "heap later":
        await new Promise((resolve) => setTimeout(resolve, 1));
        return fillHeap();
      case "heap":
        return fillHeap();
    }
  },
);

function fillHeap(): unknown[] {
  const all: unknown[] = [];
  for (;;) all.push({ a: Math.random(), b: [all.length] });
}

/** Computes for a time in milliseconds in steps, and reports the number of each as progress. */
export const steps = defineTask(import.meta, (milliseconds: number, { progress }: TaskContext<number>) => {
  const end = performance.now() + milliseconds;
  let count = 0;
  while (performance.now() < end) progress(++count);
  return count;
});
