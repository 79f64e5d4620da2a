/**
 * Delays between the attempts to reconnect.
 *
 * @module
 */

/** How a client reconnects after it has lost its connection. */
export interface ReconnectOptions {
  /**
   * Number of attempts after which the session is closed.
   *
   * @default {10}
   */
  attempts?: number;
  /**
   * Delay before the first attempt, in milliseconds. Each further delay is twice as long.
   *
   * @default {100}
   */
  firstMilliseconds?: number;
  /**
   * The longest delay, in milliseconds.
   *
   * @default {10000}
   */
  maxMilliseconds?: number;
}

/** Yields the delay before each attempt, in milliseconds: exponential back-off without jitter. */
export function* backOff(options: ReconnectOptions): Generator<number> {
  const { attempts = 10, firstMilliseconds = 100, maxMilliseconds = 10_000 } = options;
  for (let attempt = 0; attempt < attempts; attempt++) {
    yield Math.min(firstMilliseconds * 2 ** attempt, maxMilliseconds);
  }
}
