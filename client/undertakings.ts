/**
 * What is under way between a client and its server, and what has gone wrong.
 *
 * @module
 */

/** Work that nobody awaits where it begins; its failures are kept for whoever asks. */
export class Undertakings {
  readonly #requests = new Set<Promise<void>>();
  readonly #callbacks = new Set<Promise<void>>();
  readonly #onError: ((error: unknown) => void) | undefined;
  #failures: unknown[] = [];

  /** @param onError Hears of each failure at once. */
  constructor(onError: ((error: unknown) => void) | undefined) {
    this.#onError = onError;
  }

  /** Adds a request that the server has not answered. */
  add(request: Promise<void>): void {
    this.#track(request, this.#requests);
  }

  /** Adds callbacks of the document that have not ended. */
  addCallbacks(callbacks: Promise<void>): void {
    this.#track(callbacks, this.#callbacks);
  }

  #track(work: Promise<void>, pending: Set<Promise<void>>): void {
    const done: Promise<void> = work.catch((error) => this.fail(error)).finally(() => pending.delete(done));
    pending.add(done);
  }

  /** Takes a failure. */
  fail(error: unknown): void {
    this.#failures.push(error);
    this.#onError?.(error);
  }

  /** Waits until nothing is under way, also what begins meanwhile. Does not throw. */
  async settled(): Promise<void> {
    while (this.#requests.size + this.#callbacks.size > 0) await Promise.all([...this.#requests, ...this.#callbacks]);
  }

  /** Waits until the server has answered all requests, also those that begin meanwhile. Does not throw. */
  async answered(): Promise<void> {
    while (this.#requests.size > 0) await Promise.all(this.#requests);
  }

  /** Throws what has gone wrong since it was last asked: one error as it is, more of them as an AggregateError. */
  throwFailures(): void {
    const failures = this.#failures;
    this.#failures = [];
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} changes failed`);
    if (failures.length === 1) throw failures[0];
  }
}
