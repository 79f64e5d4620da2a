/**
 * What the messages of one session may cost together.
 *
 * @module
 */

/** Options of {@linkcode WorkReserve}. */
export interface WorkReserveOptions {
  /** Steps that a session can save up. @default {30_000_000} */
  readonly steps?: number | undefined;
  /** Steps that it gets in a second. @default {3_000_000} */
  readonly stepsPerSecond?: number | undefined;
  /** Returns the time in milliseconds. */
  readonly now: () => number;
}

/** The steps that the messages of one session may take together, beyond those that their lengths allow: a token bucket. */
export class WorkReserve {
  readonly #most: number;
  readonly #perMillisecond: number;
  readonly #now: () => number;
  #steps: number;
  #since: number;

  /** Creates a full reserve. */
  constructor({ steps = 30_000_000, stepsPerSecond = 3_000_000, now }: WorkReserveOptions) {
    this.#most = this.#steps = steps;
    this.#perMillisecond = stepsPerSecond / 1000;
    this.#now = now;
    this.#since = now();
  }

  /** Takes steps out and returns whether there were enough. */
  take(steps: number): boolean {
    if (steps === 0) return true;
    const now = this.#now();
    this.#steps = Math.min(this.#most, this.#steps + (now - this.#since) * this.#perMillisecond) - steps;
    this.#since = now;
    return this.#steps >= 0;
  }
}
