/**
 * Timers of any length. Those of JavaScript fire at once if they are longer than 2 ** 31 - 1 milliseconds, 25 days.
 *
 * @module
 */

/** The longest delay of `setTimeout` and `setInterval`, in milliseconds. */
export const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** A timer that waits for longer than one of JavaScript can: it waits in parts. */
export class LongTimer {
  readonly #longest: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts a timer.
   *
   * @param fn The function to run.
   * @param milliseconds The delay, or the period. `Infinity` never ends.
   * @param options Whether the function runs again and again, and the longest part.
   */
  constructor(fn: () => void, milliseconds: number, options: { readonly repeats: boolean; readonly longest?: number }) {
    this.#longest = options.longest ?? LONGEST_TIMER_MILLISECONDS;
    const run = () => {
      if (options.repeats) this.#wait(milliseconds, run);
      fn();
    };
    this.#wait(milliseconds, run);
  }

  /** Stops the timer. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number, done: () => void): void {
    const part = Math.min(milliseconds, this.#longest);
    const left = milliseconds - part;
    this.#timer = setTimeout(left > 0 ? () => this.#wait(left, done) : done, part);
  }
}
