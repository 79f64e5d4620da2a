/**
 * Promises whose creators do not await them.
 *
 * @module
 */

/**
 * A set of running tasks. Removes each when it settles, and lets a caller wait until all have
 * settled.
 */
export class PendingTasks {
  readonly #tasks = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;

  /** @param onError Receives the error of each task that rejects. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** The number of tasks that have not settled. */
  get size(): number {
    return this.#tasks.size;
  }

  /** Adds a task until it settles. */
  add(task: Promise<unknown>): void {
    const settled: Promise<void> = task.then(() => {}, this.#onError).finally(() => this.#tasks.delete(settled));
    this.#tasks.add(settled);
  }

  /** Waits until no task is running, including tasks that are added meanwhile. Does not throw. */
  async settled(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }
}
