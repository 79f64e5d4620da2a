/** Handle of a timer. */
export type TimerId = ReturnType<typeof setTimeout> | number;

/** Where sessions get their time from, so that a test can hold the clock in its hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs a function once, after some milliseconds. */
  setTimeout(fn: () => void, milliseconds: number): TimerId;
  /** Takes back what {@linkcode Clock.setTimeout} promised. */
  clearTimeout(id: TimerId | undefined): void;
  /** Runs a function again and again. */
  setInterval(fn: () => void, milliseconds: number): TimerId;
  /** Ends what {@linkcode Clock.setInterval} began. */
  clearInterval(id: TimerId | undefined): void;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (fn, milliseconds) => setTimeout(fn, milliseconds),
  clearTimeout: (id) => clearTimeout(id),
  setInterval: (fn, milliseconds) => setInterval(fn, milliseconds),
  clearInterval: (id) => clearInterval(id),
};
