import type { Clock } from "../../common/clock.ts";

/** Interval between slices, in milliseconds. */
const SLICE_MILLISECONDS = 50;

/**
 * Calls a function for each of some items, in slices that are spread evenly over a time.
 *
 * @param milliseconds Time between the first and the last slice. With 0, all calls are made
 * synchronously.
 */
export async function inSlices<T>(
  items: readonly T[],
  milliseconds: number,
  clock: Clock,
  fn: (item: T) => void,
): Promise<void> {
  const slices = Math.floor(milliseconds / SLICE_MILLISECONDS) + 1;
  for (let slice = 0; slice < slices; slice++) {
    const [start, end] = [slice, slice + 1].map((number) => Math.round(items.length * number / slices));
    for (const item of items.slice(start, end)) fn(item);
    if (slice + 1 === slices || end === items.length) continue;
    await new Promise<void>((resolve) => void clock.setTimeout(resolve, SLICE_MILLISECONDS));
  }
}
