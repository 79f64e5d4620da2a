/**
 * Timers of any length. JavaScript's timers fire at once if their delay exceeds 2 ** 31 - 1
 * milliseconds (25 days).
 *
 * @module
 */

/** The longest delay of JavaScript's `setTimeout` and `setInterval`, in milliseconds. */
export const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** A timer that splits its delay into parts that JavaScript's timers can wait. */
export class LongTimer {
  readonly #longest: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Starts the timer.
   *
   * @param milliseconds The delay or the period. `Infinity` never ends.
   * @param options `repeats`: whether `fn` runs again after each period. `longest`: the longest
   * part in milliseconds, which tests shorten.
   */
  constructor(
    fn: () => void,
    milliseconds: number,
    options: { readonly repeats: boolean; readonly longest?: number },
  ) {
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
