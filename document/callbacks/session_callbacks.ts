/**
 * Callbacks that a document asks its session to run: periodically, once after a delay, or in the
 * next turn.
 *
 * @module
 */

import type { CallbackInvoker } from "./callback_invoker.ts";
import { isUnlocked } from "./unlocked.ts";

/**
 * A function that a session runs for a document. It may be async. Its changes are sent together
 * when it has ended.
 */
export type Callback = () => unknown;

/** A callback that a document asked its session to run, and the handle to remove it with. */
export interface SessionCallback {
  /** The id, unique in the document. */
  readonly id: string;
  /** When the callback runs. */
  readonly kind: "periodic" | "timeout" | "next_tick";
  /** The period or the delay in milliseconds, 0 for `next_tick`. */
  readonly milliseconds: number;
  /**
   * The function to run. Calling it also removes a callback that runs only once from the document.
   */
  readonly callback: Callback;
  /** The name of the author's function. */
  readonly name: string;
  /**
   * Whether it was marked by `without_document_lock`, so that it runs without waiting for the
   * document's lock.
   */
  readonly unlocked: boolean;
}

/**
 * Reports that a callback was added, or that it was removed or is about to run for the only time.
 */
type Emit = (event: { kind: "SessionCallbackAdded" | "SessionCallbackRemoved"; callback: SessionCallback }) => void;

/** The session callbacks of one document. */
export class SessionCallbacks {
  readonly #invoker: CallbackInvoker;
  readonly #emit: Emit;
  readonly #callbacks = new Set<SessionCallback>();
  #count = 0;
  #closed = false;

  /**
   * @param invoker Runs the callbacks.
   * @param emit Reports additions and removals.
   */
  constructor(invoker: CallbackInvoker, emit: Emit) {
    this.#invoker = invoker;
    this.#emit = emit;
  }

  /** Returns the callbacks that the session is to run, in the order in which they were added. */
  list(): SessionCallback[] {
    return [...this.#callbacks];
  }

  /**
   * Adds a callback.
   *
   * @param kind When it runs.
   * @param milliseconds The period or delay.
   * @param fn The function to run. The same function may be added several times.
   * @returns The handle to remove it with.
   * @throws {TypeError} If `fn` is not a function.
   * @throws {RangeError} If `milliseconds` is not finite or is negative, or is 0 for a periodic
   * callback.
   */
  add(kind: SessionCallback["kind"], milliseconds: number, fn: Callback): SessionCallback {
    if (typeof fn !== "function") throw new TypeError(`Cannot add a ${kind} callback: ${String(fn)} is not a function`);
    const least = kind === "periodic" ? Number.MIN_VALUE : 0;
    if (typeof milliseconds !== "number" || !Number.isFinite(milliseconds) || milliseconds < least) {
      throw new RangeError(
        `Cannot add a ${kind} callback: ${String(milliseconds)} milliseconds is not a valid ${
          kind === "periodic" ? "period" : "delay"
        }`,
      );
    }
    const callback: SessionCallback = {
      id: `callback-${++this.#count}`,
      kind,
      milliseconds,
      unlocked: isUnlocked(fn),
      name: fn.name || "without a name",
      callback: () => {
        if (kind !== "periodic") this.#drop(callback);
        return this.#invoker.runAs(fn);
      },
    };
    if (this.#closed) return callback;
    this.#callbacks.add(callback);
    this.#emit({ kind: "SessionCallbackAdded", callback });
    return callback;
  }

  /**
   * Removes a callback.
   *
   * @param callback The handle that {@linkcode add} returned.
   * @throws {Error} If it was removed before, or runs only once and has run.
   */
  remove(callback: SessionCallback): void {
    if (!this.#drop(callback) && !this.#closed) {
      throw new Error(
        "Cannot remove the callback: it has already run, was already removed, or belongs to another document",
      );
    }
  }

  /**
   * Removes all callbacks. Callbacks that are added later never run, and removing any callback has
   * no effect.
   */
  close(): void {
    this.#closed = true;
    for (const callback of this.#callbacks) this.#drop(callback);
  }

  #drop(callback: SessionCallback): boolean {
    if (!this.#callbacks.delete(callback)) return false;
    this.#emit({ kind: "SessionCallbackRemoved", callback });
    return true;
  }
}
