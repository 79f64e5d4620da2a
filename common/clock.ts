import { LONGEST_TIMER_MILLISECONDS, LongTimer } from "./long_timer.ts";

/** Handle of a timer. */
export type TimerId = ReturnType<typeof setTimeout> | number | LongTimer;

/** Where sessions get their time from, so that a test can hold the clock in its hand. */
export interface Clock {
  /** Milliseconds since some time: they go on evenly, also where somebody sets the clock of the machine. What lasts is measured by it. */
  now(): number;
  /** Milliseconds since 1970 as the machine has them: what expires for others too is compared with it. */
  wallTime(): number;
  /** Runs a function once, after some milliseconds; `Infinity` is never. */
  setTimeout(fn: () => void, milliseconds: number): TimerId;
  /** Takes back what {@linkcode Clock.setTimeout} promised. */
  clearTimeout(id: TimerId | undefined): void;
  /**
   * Runs a function in the next turn of the event loop. A timer of no time would wait a millisecond or two.
   *
   * @returns Takes it back.
   */
  soon(fn: () => void): () => void;
  /** Runs a function again and again. */
  setInterval(fn: () => void, milliseconds: number): TimerId;
  /** Ends what {@linkcode Clock.setInterval} began. */
  clearInterval(id: TimerId | undefined): void;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  setTimeout: (fn, milliseconds) =>
    milliseconds > LONGEST_TIMER_MILLISECONDS
      ? new LongTimer(fn, milliseconds, { repeats: false })
      : setTimeout(fn, milliseconds),
  clearTimeout: clearTimer,
  soon(fn) {
    const immediate = setImmediate(fn);
    return () => clearImmediate(immediate);
  },
  setInterval: (fn, milliseconds) =>
    milliseconds > LONGEST_TIMER_MILLISECONDS
      ? new LongTimer(fn, milliseconds, { repeats: true })
      : setInterval(fn, milliseconds),
  clearInterval: clearTimer,
};

function clearTimer(id: TimerId | undefined): void {
  if (id instanceof LongTimer) id.clear();
  else clearTimeout(id);
}
