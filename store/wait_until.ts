import { delay } from "@std/async/delay";

/** Interval between two checks, in milliseconds. */
const INTERVAL_MILLISECONDS = 20;

/**
 * Polls a condition. Returns whether it became true before the timeout.
 */
export async function waitUntil(condition: () => Promise<boolean>, timeoutMilliseconds: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMilliseconds;
  while (!await condition()) {
    if (performance.now() >= deadline) return false;
    await delay(INTERVAL_MILLISECONDS);
  }
  return true;
}
