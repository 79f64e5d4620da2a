/**
 * Callbacks that anyone may call at any time, and that run when the document is theirs alone.
 *
 * @module
 */

import type { Callback } from "./session_callbacks.ts";
import type { SessionContext } from "../session_context.ts";

/** What happens to calls that come while an earlier one waits: each runs, or only the latest. */
export type LockedCallbackPolicy = "every" | "latest";

/** A function that returns at once and has its work done under the document's lock. */
export interface LockedCallback<A extends unknown[]> {
  /** Has the callback run with these arguments. Does nothing once it is closed. */
  (...args: A): void;
  /** Whether further calls do nothing. */
  readonly closed: boolean;
  /** Whether a call waits or runs. */
  readonly pending: boolean;
  /** What happens to calls that come while an earlier one waits. */
  readonly policy: LockedCallbackPolicy;
  /** Forgets calls that wait, and refuses others. One that runs goes on. */
  close(): void;
}

/** What a locked callback needs of its document. */
export interface LockingDocument {
  /** The session, which runs what is added. */
  readonly session_context: SessionContext | null;
  /** Whether the session has ended. */
  readonly destroyed: boolean;
  /** Has the session run a function under the document's lock. */
  add_next_tick_callback(callback: Callback): unknown;
}

/**
 * Makes a locked callback.
 *
 * @param document The document.
 * @param callback What to run; it may be async.
 * @param policy What happens to calls that come while an earlier one waits.
 * @throws {Error} Where no session serves the document.
 */
export function lockedCallback<A extends unknown[]>(
  document: LockingDocument,
  callback: (...args: A) => unknown,
  policy: LockedCallbackPolicy,
): LockedCallback<A> {
  if (policy !== "every" && policy !== "latest") {
    throw new TypeError(`Cannot lock a callback by ${String(policy)}: the policies are every and latest`);
  }
  if (document.session_context === null) throw new Error("Cannot lock a callback: no session serves the document");
  const calls = new CallQueue(document, callback, policy);
  const locked = (...args: A): void => calls.add(args);
  return Object.defineProperties(locked, {
    closed: { get: () => calls.closed },
    pending: { get: () => calls.pending },
    policy: { value: policy },
    close: { value: () => calls.close() },
  }) as LockedCallback<A>;
}

class CallQueue<A extends unknown[]> {
  readonly #document: LockingDocument;
  readonly #callback: (...args: A) => unknown;
  readonly #policy: LockedCallbackPolicy;
  #waiting: A[] = [];
  #scheduled = false;
  #closed = false;

  constructor(document: LockingDocument, callback: (...args: A) => unknown, policy: LockedCallbackPolicy) {
    this.#document = document;
    this.#callback = callback;
    this.#policy = policy;
  }

  get closed(): boolean {
    return this.#closed || this.#document.destroyed;
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
    this.#document.add_next_tick_callback(() => this.#run());
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
