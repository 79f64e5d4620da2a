/** Lets one at a time through, in the order in which they came. */
export class Lock {
  #waiting: (() => void)[] | undefined;
  #held = false;

  /** Whether somebody holds it. */
  get held(): boolean {
    return this.#held;
  }

  /** Takes the lock if it is free: the way that costs nothing. */
  tryAcquire(): boolean {
    if (this.#held) return false;
    return this.#held = true;
  }

  /** Takes the lock when its turn has come. */
  acquire(): Promise<void> {
    if (this.tryAcquire()) return Promise.resolve();
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }

  /** Gives the lock to the next, or back. */
  release(): void {
    const next = this.#waiting?.shift();
    if (next) next();
    else this.#held = false;
  }
}
