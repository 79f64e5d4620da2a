/**
 * Work that callbacks left under way, and the errors that came of it.
 *
 * @module
 */

/** What has to end before a transaction can end. */
export class PendingWork {
  #pending: Set<Promise<void>> | undefined;
  #errors: unknown[] | undefined;

  /** Takes work that is under way. Its error, if it fails, is kept for {@linkcode settled}. */
  track(work: PromiseLike<unknown>): void {
    const pending = this.#pending ??= new Set();
    const tracked: Promise<void> = Promise.resolve(work).then(() => {}, (error) => this.fail(error)).finally(() => {
      pending.delete(tracked);
    });
    pending.add(tracked);
  }

  /** Keeps an error for {@linkcode settled}. */
  fail(error: unknown): void {
    (this.#errors ??= []).push(error);
  }

  /** Whether there is nothing to wait for, and no error to tell of. */
  get isSettled(): boolean {
    return (this.#pending === undefined || this.#pending.size === 0) && this.#errors === undefined;
  }

  /**
   * Waits for all work, also for what it starts.
   *
   * @throws The error of the work that failed; an AggregateError where more than one failed. Each is thrown once.
   */
  async settled(): Promise<void> {
    while (this.#pending !== undefined && this.#pending.size > 0) await Promise.all(this.#pending);
    const errors = this.#errors ?? [];
    this.#errors = undefined;
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, `${errors.length} callbacks failed`);
  }
}
