/**
 * Callbacks that may be called at any time, and that run while they hold the document's lock.
 *
 * @module
 */

/** What happens to calls while an earlier one is waiting: every call runs, or only the latest. */
export type LockedCallbackPolicy = "every" | "latest";

/** A function that returns immediately and runs its callback when the document's lock is free. */
export interface LockedCallback<A extends unknown[]> {
  /** Makes the callback run with these arguments. Has no effect after {@linkcode close}. */
  (...args: A): void;
  /** Whether further calls have no effect. */
  readonly closed: boolean;
  /** Whether a call is waiting or running. */
  readonly pending: boolean;
  /** What happens to calls while an earlier one is waiting. */
  readonly policy: LockedCallbackPolicy;
  /** Discards waiting calls and ignores further ones. A call that is running continues. */
  close(): void;
}

/** Runs calls of a locked callback in its session. */
interface Scheduler {
  /** Makes the session run a function under the document's lock. */
  addSessionCallback(kind: "next_tick", run: () => Promise<void>): void;
  /** Whether the session was destroyed. */
  readonly destroyed: boolean;
}

/**
 * Creates a locked callback.
 *
 * @param scheduler The session of the document.
 * @param callback The function to run, which may be async.
 * @param policy What happens to calls while an earlier one is waiting.
 * @throws {TypeError} If there is no such policy.
 */
export function lockedCallback<A extends unknown[]>(
  scheduler: Scheduler,
  callback: (...args: A) => unknown,
  policy: LockedCallbackPolicy,
): LockedCallback<A> {
  if (policy !== "every" && policy !== "latest") {
    throw new TypeError(`Cannot lock a callback by ${String(policy)}: the policies are every and latest`);
  }
  const calls = new CallQueue(scheduler, callback, policy);
  const locked = (...args: A): void => calls.add(args);
  return Object.defineProperties(locked, {
    closed: { get: () => calls.closed },
    pending: { get: () => calls.pending },
    policy: { value: policy },
    close: { value: () => calls.close() },
  }) as LockedCallback<A>;
}

class CallQueue<A extends unknown[]> {
  readonly #scheduler: Scheduler;
  readonly #callback: (...args: A) => unknown;
  readonly #policy: LockedCallbackPolicy;
  #waiting: A[] = [];
  #scheduled = false;
  #closed = false;

  constructor(scheduler: Scheduler, callback: (...args: A) => unknown, policy: LockedCallbackPolicy) {
    this.#scheduler = scheduler;
    this.#callback = callback;
    this.#policy = policy;
  }

  get closed(): boolean {
    return this.#closed || this.#scheduler.destroyed;
  }

  get pending(): boolean {
    return this.#scheduled && !this.closed;
  }

  add(args: A): void {
    if (this.closed) return;
    if (this.#policy === "latest") this.#waiting = [];
    this.#waiting.push(args);
    if (!this.#scheduled) this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #schedule(): void {
    this.#scheduled = true;
    this.#scheduler.addSessionCallback("next_tick", () => this.#run());
  }

  async #run(): Promise<void> {
    try {
      const args = this.#waiting.shift();
      if (args !== undefined) await this.#callback(...args);
    } finally {
      this.#scheduled = false;
      if (this.#waiting.length > 0 && !this.closed) this.#schedule();
    }
  }
}
