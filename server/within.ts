import { systemClock, type TimerId } from "../session/clock.ts";

/** Returns whether work ends in time. */
export async function within(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: TimerId | undefined;
  const late = new Promise<boolean>((resolve) => timer = systemClock.setTimeout(() => resolve(false), milliseconds));
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    systemClock.clearTimeout(timer);
  }
}
