/** A lock with a queue: acquirers receive it in the order in which they asked for it. */
export class Lock {
  #waiting: (() => void)[] | undefined;
  #held = false;

  /** Whether the lock is held. */
  get held(): boolean {
    return this.#held;
  }

  /** Acquires the lock if it is free, without a promise. Returns whether it was. */
  tryAcquire(): boolean {
    if (this.#held) return false;
    return this.#held = true;
  }

  /** Acquires the lock. Resolves when the lock is held. */
  acquire(): Promise<void> {
    if (this.tryAcquire()) return Promise.resolve();
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }

  /**
   * Passes the lock to the next acquirer, or releases it. Only the owner of the lock may call this.
   */
  release(): void {
    const next = this.#waiting?.shift();
    if (next) next();
    else this.#held = false;
  }
}
