// The work of `compute.ts`.
import { defineTask } from "@bokeh/server/tasks";

/** Computes for a time in milliseconds. Returns the number of steps. */
export function computeNow(milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let steps = 0;
  while (performance.now() < end) steps++;
  return steps;
}

/** Computes in a Worker. */
export const compute = defineTask(import.meta, computeNow);
