/**
 * The clock that sessions and clients use, so that tests can replace it.
 *
 * @module
 */

import { LONGEST_TIMER_MILLISECONDS, LongTimer } from "./long_timer.ts";

/** Handle of a timer or of an immediate. */
export type TimerId =
  | ReturnType<typeof setTimeout>
  | ReturnType<typeof setImmediate>
  | number
  | LongTimer;

/** A source of time and timers. Tests pass a `ManualClock` instead of the system's clock. */
export interface Clock {
  /**
   * Returns milliseconds of a monotonic clock, for durations. Changes of the system's time do not
   * affect it.
   */
  now(): number;
  /** Returns milliseconds since the Unix epoch, for expiry times that other machines compare. */
  wallTime(): number;
  /** Runs `fn` once after a delay in milliseconds, of any length. `Infinity` never runs it. */
  setTimeout(fn: () => void, milliseconds: number): TimerId;
  /** Cancels a timer of {@linkcode Clock.setTimeout}. */
  clearTimeout(id: TimerId | undefined): void;
  /**
   * Runs `fn` in the next turn of the event loop. `setTimeout` with a delay of 0 would wait one to
   * two milliseconds.
   */
  setImmediate(fn: () => void): TimerId;
  /** Cancels a call of {@linkcode Clock.setImmediate}. */
  clearImmediate(id: TimerId | undefined): void;
  /** Runs `fn` repeatedly, with a period in milliseconds. */
  setInterval(fn: () => void, milliseconds: number): TimerId;
  /** Stops a timer of {@linkcode Clock.setInterval}. */
  clearInterval(id: TimerId | undefined): void;
}

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  setTimeout: (fn, milliseconds) =>
    milliseconds > LONGEST_TIMER_MILLISECONDS
      ? new LongTimer(fn, milliseconds, { repeats: false })
      : setTimeout(fn, milliseconds),
  clearTimeout: clearTimer,
  setImmediate: (fn) => setImmediate(fn),
  clearImmediate: (id) => clearImmediate(id as ReturnType<typeof setImmediate>),
  setInterval: (fn, milliseconds) =>
    milliseconds > LONGEST_TIMER_MILLISECONDS
      ? new LongTimer(fn, milliseconds, { repeats: true })
      : setInterval(fn, milliseconds),
  clearInterval: clearTimer,
};

function clearTimer(id: TimerId | undefined): void {
  if (id instanceof LongTimer) id.clear();
  else clearTimeout(id as ReturnType<typeof setTimeout>);
}
