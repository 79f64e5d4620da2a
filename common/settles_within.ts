import { type Clock, systemClock, type TimerId } from "./clock.ts";

/**
 * Waits for `work`, but no longer than the timeout. The work is not aborted: it continues after a
 * timeout. `deadline` of `@std/async` throws instead, and does not take a {@linkcode Clock}.
 *
 * @param milliseconds The timeout. `Infinity` waits without a limit.
 * @param clock The clock that measures the timeout. @default {systemClock}
 * @returns Whether `work` fulfilled before the timeout.
 * @throws The error of `work`, if it rejects before the timeout.
 */
export async function settlesWithin(
  work: Promise<unknown>,
  milliseconds: number,
  clock: Clock = systemClock,
): Promise<boolean> {
  let timer: TimerId | undefined;
  const timeout = new Promise<boolean>((resolve) => timer = clock.setTimeout(() => resolve(false), milliseconds));
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clock.clearTimeout(timer);
  }
}
