/**
 * One direction of a way between two ends in this process.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Delivers in order and never at once, as a network does. What is delivered runs in the context that the pipe was made in:
 * neither end works within the other's transaction.
 */
export class Pipe {
  readonly #inOwnContext = AsyncLocalStorage.snapshot();
  readonly #onActivity: () => void;
  readonly #waiting: (() => void)[] = [];

  /** @param onActivity Hears of each delivery. */
  constructor(onActivity: () => void) {
    this.#onActivity = onActivity;
  }

  /** Delivers something after all that was posted before. */
  post(deliver: () => void): void {
    if (this.#waiting.push(deliver) === 1) this.#schedule();
  }

  #schedule(): void {
    queueMicrotask(() => this.#inOwnContext(() => this.#deliver()));
  }

  #deliver(): void {
    this.#onActivity();
    try {
      this.#waiting[0]?.();
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) this.#schedule();
    }
  }
}
