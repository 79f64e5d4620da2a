/**
 * Limits attempts to guess passwords.
 *
 * @module
 */

const FIRST_DELAY_MILLISECONDS = 1000;
const LONGEST_DELAY_MILLISECONDS = 15 * 60_000;
/** Names and addresses that are remembered. The oldest are forgotten first. */
const MAX_KEYS = 10_000;

/** Delays further attempts after failed ones, twice as long each time. */
export class Attempts {
  readonly #free: number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  /** @param free Number of failed attempts that cause no delay. */
  constructor(free: number) {
    this.#free = free;
  }

  /** Returns how long the next attempt must wait, in milliseconds; 0 if it may be made now. */
  delay(key: string, now: number = Date.now()): number {
    return Math.max(0, (this.#failures.get(key)?.until ?? 0) - now);
  }

  /** Records a failed attempt. */
  fail(key: string, now: number = Date.now()): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const excess = count - this.#free;
    const delay = excess < 0 ? 0 : Math.min(LONGEST_DELAY_MILLISECONDS, FIRST_DELAY_MILLISECONDS * 2 ** excess);
    this.#failures.delete(key);
    this.#failures.set(key, { count, until: now + delay });
    if (this.#failures.size > MAX_KEYS) this.#failures.delete(this.#failures.keys().next().value!);
  }

  /** Takes one recorded attempt back: it has not failed. */
  revert(key: string): void {
    const { count } = this.#failures.get(key) ?? { count: 0 };
    if (count > 1) this.#failures.set(key, { count: count - 1, until: 0 });
    else this.#failures.delete(key);
  }

  /** Records a login. */
  succeed(key: string): void {
    this.#failures.delete(key);
  }
}
