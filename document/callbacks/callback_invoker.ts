/**
 * Runs the callbacks of one document.
 *
 * @module
 */

import { withBudget } from "../../protocol/work_budget.ts";
import { CallbackScope, currentScope, isAsyncFunction, runInScope, runWithDocument } from "./callback_scope.ts";
import { callAll } from "../../common/throw_all.ts";
import { isUnlocked } from "./unlocked.ts";

/**
 * A series of changes whose callbacks must run in order: a patch from a client, or the events
 * released by `unhold()`.
 */
type Batch = "patch" | "release";

/** Decides when each callback of a document runs, and where its error is reported. */
export class CallbackInvoker {
  /**
   * Receives the errors of callbacks that do not belong to a transaction: of those marked by
   * `without_document_lock`, and of those triggered by changes outside of transactions. When
   * undefined, {@linkcode settled} throws these errors.
   */
  onBackgroundError: ((error: unknown) => void) | undefined;
  readonly #document: object;
  #ownScope: CallbackScope | undefined;
  #batch: Batch | undefined;

  /** @param document The document that is current while the callbacks run. */
  constructor(document: object) {
    this.#document = document;
  }

  /**
   * Runs a callback of an author. The code that made the change receives its error, unless that
   * code is a patch from a client: then the transaction throws the error when all callbacks have
   * run.
   */
  invoke<A extends unknown[]>(callback: (...args: A) => unknown, ...args: A): void {
    const batch = this.#batch;
    this.#batch = undefined; // callbacks triggered by changes of this callback run immediately
    try {
      const scope = isUnlocked(callback) ? undefined : this.#scope;
      if (scope === undefined) return this.#runInBackground(() => withBudget(undefined, () => callback(...args)));
      // no budget: the work of the application is not charged to the client
      const call = () => withBudget(undefined, () => this.runAs(() => callback(...args)));
      scope.runCallback(call, { isAsync: isAsyncFunction(callback), queued: batch !== undefined });
    } catch (error) {
      if (batch !== "patch") throw error;
      this.#fail(error);
    } finally {
      this.#batch = batch;
    }
  }

  /** Runs a function with the document as the current one. */
  runAs<T>(fn: () => T): T {
    return runWithDocument(this.#document, fn);
  }

  /**
   * Whether no callback is running outside of transactions, and no error of one remains to be
   * reported.
   */
  get isSettled(): boolean {
    return this.#ownScope === undefined || this.#ownScope.isSettled;
  }

  /**
   * Waits for the callbacks that run outside of transactions. Rejects with the errors since the
   * last call.
   */
  async settled(): Promise<void> {
    await this.#ownScope?.settled();
  }

  /**
   * Makes all changes of a patch. If one fails, which is a fault of this package, the others are
   * made nevertheless.
   */
  applyAll(changes: readonly (() => void)[]): void {
    this.inBatch("patch", () => callAll(changes, "changes"));
  }

  /** Makes a series of changes whose callbacks run in order. */
  inBatch(batch: Batch, makeChanges: () => void): void {
    const outer = this.#batch;
    this.#batch = batch;
    try {
      makeChanges();
    } finally {
      this.#batch = outer;
    }
  }

  /**
   * The scope that waits for callbacks triggered by the running code; undefined if none waits for
   * them.
   */
  get #scope(): CallbackScope | undefined {
    const scope = currentScope();
    if (scope !== undefined && scope.document === this.#document) return scope;
    return this.onBackgroundError === undefined ? this.#own : undefined;
  }

  get #own(): CallbackScope {
    return this.#ownScope ??= new CallbackScope(this.#document);
  }

  #runInBackground(call: () => unknown): void {
    Promise.resolve(runInScope(undefined, this.#document, call)).catch((error) => this.#failInBackground(error));
  }

  #fail(error: unknown): void {
    const scope = this.#scope;
    if (scope !== undefined) scope.fail(error);
    else this.#failInBackground(error);
  }

  #failInBackground(error: unknown): void {
    if (this.onBackgroundError !== undefined) this.onBackgroundError(error);
    else this.#own.fail(error);
  }
}
