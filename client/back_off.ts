/**
 * How often, and after which times, a lost connection is opened again.
 *
 * @module
 */

/** How a lost connection is opened again. */
export interface ReconnectOptions {
  /**
   * Most tries before the session is given up.
   *
   * @default {10}
   */
  attempts?: number;
  /**
   * Time before the first try; each later one waits twice as long.
   *
   * @default {100}
   */
  firstMilliseconds?: number;
  /**
   * The longest time between tries.
   *
   * @default {10000}
   */
  maxMilliseconds?: number;
}

/** The times to wait before each try. */
export function* backOff(options: ReconnectOptions): Generator<number> {
  const { attempts = 10, firstMilliseconds = 100, maxMilliseconds = 10_000 } = options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    yield Math.min(firstMilliseconds * 2 ** attempt, maxMilliseconds);
  }
}
