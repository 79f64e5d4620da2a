/**
 * Callbacks that a document asks its session to run: periodically, once after a time, or at the next turn.
 *
 * @module
 */

import { isUnlocked } from "./unlocked.ts";

/** What a session runs for a document. It may be async; changes made under it are sent together when it ends. */
export type Callback = () => unknown;

/** One callback that a document asked for. It is the handle to remove it with. */
export interface SessionCallback {
  /** Unique in the document. */
  readonly id: string;
  /** When it runs. */
  readonly kind: "periodic" | "timeout" | "next_tick";
  /** The period or the delay; 0 for the next turn. */
  readonly milliseconds: number;
  /** What to run. Running a callback that runs once also takes it off the document. */
  readonly callback: Callback;
  /** The name of the function. */
  readonly name: string;
  /** Whether it was marked by `without_document_lock`: it runs without waiting for the document. */
  readonly unlocked: boolean;
}

/** What session callbacks need of their document. */
export interface SessionCallbacksOptions {
  /** Runs a function with the document as the current one. */
  runAs<T>(fn: () => T): T;
  /** Hears of a callback that was added. */
  added(callback: SessionCallback): void;
  /** Hears of a callback that was removed or is about to run for its only time. */
  removed(callback: SessionCallback): void;
}

/** The session callbacks of one document. */
export class SessionCallbacks {
  readonly #options: SessionCallbacksOptions;
  readonly #callbacks = new Set<SessionCallback>();
  #count = 0;
  #closed = false;

  /** @param options What they need of the document. */
  constructor(options: SessionCallbacksOptions) {
    this.#options = options;
  }

  /** The callbacks that are waiting, in the order in which they were added. */
  list(): SessionCallback[] {
    return [...this.#callbacks];
  }

  /**
   * Adds a callback.
   *
   * @param kind When it runs.
   * @param milliseconds The period or delay.
   * @param fn What to run. The same function may be added several times.
   * @returns The handle.
   */
  add(kind: SessionCallback["kind"], milliseconds: number, fn: Callback): SessionCallback {
    if (typeof fn !== "function") throw new TypeError(`Cannot add a ${kind} callback: ${String(fn)} is no function`);
    const least = kind === "periodic" ? Number.MIN_VALUE : 0;
    if (typeof milliseconds !== "number" || !Number.isFinite(milliseconds) || milliseconds < least) {
      throw new RangeError(
        `Cannot add a ${kind} callback: ${String(milliseconds)} milliseconds is no ${
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
        return this.#options.runAs(fn);
      },
    };
    if (this.#closed) return callback;
    this.#callbacks.add(callback);
    this.#options.added(callback);
    return callback;
  }

  /**
   * Removes a callback.
   *
   * @param callback What {@linkcode add} returned.
   * @throws {Error} Where it has run already, or was removed.
   */
  remove(callback: SessionCallback): void {
    if (!this.#drop(callback) && !this.#closed) {
      throw new Error("Cannot remove the callback: it has run already, was removed, or is of another document");
    }
  }

  /** Removes all callbacks. From then on the callbacks that are added never run, and any may be removed. */
  close(): void {
    this.#closed = true;
    for (const callback of this.#callbacks) this.#drop(callback);
  }

  #drop(callback: SessionCallback): boolean {
    if (!this.#callbacks.delete(callback)) return false;
    this.#options.removed(callback);
    return true;
  }
}
