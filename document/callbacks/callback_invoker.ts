/**
 * Runs the callbacks of one document.
 *
 * @module
 */

import { withBudget } from "../../protocol/work_budget.ts";
import { CallbackScope, isAsyncFunction } from "./callback_scope.ts";
import { currentScope, runAsPart } from "./current.ts";
import type { Document } from "../document.ts";
import { callAll } from "../../common/throw_all.ts";
import { isUnlocked } from "./unlocked.ts";

/** A series of changes whose callbacks must run in their order: a patch of a client, or the events that a hold releases. */
type Batch = "patch" | "release";

/** Decides when each callback of a document runs, and what receives its error. */
export class CallbackInvoker {
  readonly #document: Document;
  #ownScope: CallbackScope | undefined;
  #batch: Batch | undefined;

  /** @param document The document whose callbacks run. */
  constructor(document: Document) {
    this.#document = document;
  }

  /**
   * Runs a callback of an author. Its error reaches the code that made the change, unless that is a patch of a client: then
   * the transaction throws it when all callbacks have run.
   */
  invoke<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): void {
    const batch = this.#batch;
    this.#batch = undefined; // what the callback changes itself sets off others at once
    try {
      const scope = isUnlocked(callback) ? undefined : this.#scope;
      if (scope === undefined) return this.#runInBackground(() => withBudget(undefined, () => callback(...args)));
      // the work of the application is not charged to the client
      const call = () => withBudget(undefined, () => this.#document.runAs(() => callback(...args)));
      scope.runCallback(call, { isAsync: isAsyncFunction(callback), queued: batch !== undefined });
    } catch (error) {
      if (batch !== "patch") throw error;
      this.#fail(error);
    } finally {
      this.#batch = batch;
    }
  }

  /** Makes the transaction, or else {@linkcode settled}, wait for work that a callback left under way. */
  track(work: PromiseLike<unknown>): void {
    const scope = this.#scope;
    if (scope !== undefined) scope.track(work);
    else work.then(undefined, (error) => this.#failInBackground(error));
  }

  /** Whether no callback runs outside of transactions and none failed. */
  get isSettled(): boolean {
    return this.#ownScope === undefined || this.#ownScope.isSettled;
  }

  /** Waits for the callbacks that run outside of transactions. Rejects with what failed since the last call. */
  async settled(): Promise<void> {
    await this.#ownScope?.settled();
  }

  /** Makes the changes of a patch: all of them, also when one fails by a fault of this package. */
  applyAll(changes: readonly (() => void)[]): void {
    this.inBatch("patch", () => callAll(changes, "changes"));
  }

  /** Makes a series of changes whose callbacks run in their order. */
  inBatch(batch: Batch, makeChanges: () => void): void {
    const outer = this.#batch;
    this.#batch = batch;
    try {
      makeChanges();
    } finally {
      this.#batch = outer;
    }
  }

  /** The scope that waits for callbacks that the running code sets off; undefined for code that nothing waits for. */
  get #scope(): CallbackScope | undefined {
    const scope = currentScope();
    if (scope !== undefined && scope.document === this.#document) return scope;
    return this.#document.onBackgroundError === undefined ? this.#own : undefined;
  }

  get #own(): CallbackScope {
    return this.#ownScope ??= new CallbackScope(this.#document);
  }

  #runInBackground(call: () => unknown): void {
    Promise.resolve(runAsPart(undefined, this.#document, call)).catch((error) => this.#failInBackground(error));
  }

  #fail(error: unknown): void {
    const scope = this.#scope;
    if (scope !== undefined) scope.fail(error);
    else this.#failInBackground(error);
  }

  #failInBackground(error: unknown): void {
    const { onBackgroundError } = this.#document;
    if (onBackgroundError !== undefined) onBackgroundError(error);
    else this.#own.fail(error);
  }
}
