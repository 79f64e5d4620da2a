import { CallbackScope, runInScope } from "../../document/callbacks/callback_scope.ts";
import type { DocumentSync } from "../../document/document_sync.ts";
import type { SessionReporter } from "../observability/session_reporter.ts";
import { CallbackError } from "./callback_error.ts";

/** Options of `Session.transact`. */
export interface TransactOptions {
  /** The client that causes the changes. Absent for changes by the server itself. */
  changeSource?: object | undefined;
  /**
   * Returns a description of the work for the log, in case it takes too long.
   *
   * @default {() => "A transaction"}
   */
  name?: (() => string) | undefined;
}

/**
 * The queue that a transaction belongs to. The interface breaks the import circle with
 * `transaction_queue.ts`.
 */
export interface TransactionOwner {
  readonly sync: DocumentSync;
  readonly reporter: SessionReporter;
  /** The transaction that holds the document's lock. */
  readonly current: Transaction | undefined;
}

/**
 * One run of work with a session's document, from acquiring the lock to sending the changes. It
 * owns the callbacks that the work sets off, the hold (`Document.hold`) that they start, and the
 * locks of other documents that they wait for.
 */
export class Transaction extends CallbackScope {
  /** The queue of the session whose document changes. */
  readonly owner: TransactionOwner;
  /** Returns a description for the log. */
  readonly name: () => string;
  /** When the transaction acquired the lock, in milliseconds of `performance.now()`. */
  readonly startedAt: number = performance.now();
  /**
   * Called when the transaction has ended although its work has not: the work waits without the
   * lock (see {@linkcode CallbackScope.leave}).
   */
  onWorkLeft: (() => void) | undefined;
  readonly #outer: Transaction | undefined;
  #awaited: Set<{ readonly owner: TransactionOwner }> | undefined;

  /**
   * Starts a transaction whose lock is held already.
   *
   * @param outer The transaction of another document that this one was started within.
   */
  constructor(
    owner: TransactionOwner,
    { changeSource, name = unnamed }: TransactOptions,
    outer: Transaction | undefined,
  ) {
    super(owner.sync.document, { client: changeSource });
    this.owner = owner;
    this.name = name;
    this.#outer = outer;
  }

  /** Whether a client causes the changes. */
  get byClient(): boolean {
    return this.client !== undefined;
  }

  /**
   * Runs the work of the transaction, and waits for the callbacks that it sets off. Releases the
   * hold if the work or a callback fails.
   *
   * @returns The result of the work. A promise only if the work or a callback returns one.
   * @throws {CallbackError} If a callback failed. If the work itself failed, its error.
   */
  run<T>(work: () => T | Promise<T>): T | Promise<T> {
    let result: T | Promise<T>;
    try {
      result = runInScope(this, this.document, work);
    } catch (error) {
      this.#endHold();
      if (this.isSettled) throw error;
      return this.#finish(Promise.reject(error));
    }
    return result instanceof Promise || !this.isSettled ? this.#finish(result) : result;
  }

  /** Runs more work as a part of this transaction. The caller receives its errors. */
  include<T>(work: () => T | Promise<T>): T | Promise<T> {
    const result = this.owner.sync.runAs(work);
    if (result instanceof Promise) this.join(result);
    return result;
  }

  /**
   * Waits for the lock of another document. {@linkcode Transaction.wouldDeadlock} takes the wait
   * into account.
   */
  async awaitLock(owner: TransactionOwner, acquired: Promise<void>): Promise<void> {
    const chain = [...this.#chain()];
    const wait = { owner };
    for (const transaction of chain) (transaction.#awaited ??= new Set()).add(wait);
    await acquired;
    for (const transaction of chain) transaction.#awaited?.delete(wait);
  }

  /**
   * Returns whether waiting for the lock of another document would never end, because the
   * transaction that holds it waits, directly or through other locks, for this one.
   */
  wouldDeadlock(owner: TransactionOwner): boolean {
    const chain = new Set(this.#chain());
    const owners = new Set([owner]);
    for (const { current } of owners) { // the loop also visits the owners that it adds
      if (current === undefined) continue;
      if (chain.has(current)) return true;
      for (const awaited of current.#awaited ?? []) owners.add(awaited.owner);
    }
    return false;
  }

  /**
   * Yields this transaction and those that it was started within, without those that have ended.
   */
  *#chain(): Iterable<Transaction> {
    if (this.active) yield this;
    if (this.#outer !== undefined) yield* this.#outer.#chain();
  }

  async #finish<T>(result: T | Promise<T>): Promise<T> {
    let hasEnded = !(result instanceof Promise);
    if (result instanceof Promise) {
      const ended = () => void (hasEnded = true);
      result.then(ended, ended);
      this.join(result);
    }
    let failure = await this.#callbacksEnd();
    if (!hasEnded) {
      if (failure !== undefined) await this.#reportFailure(failure);
      this.onWorkLeft?.();
      return await result;
    }
    const [outcome] = await Promise.allSettled([result]);
    if (outcome.status === "rejected" || failure !== undefined) {
      this.#endHold();
      const failedAfterHold = await this.#callbacksEnd();
      failure ??= failedAfterHold;
    }
    if (outcome.status === "fulfilled") {
      if (failure !== undefined) throw failure;
      return outcome.value;
    }
    if (failure !== undefined) this.owner.reporter.callbackFailed(failure);
    throw outcome.reason;
  }

  async #reportFailure(failure: CallbackError): Promise<void> {
    this.#endHold();
    for (const error of [failure, await this.#callbacksEnd()]) {
      if (error !== undefined) this.owner.reporter.callbackFailed(error);
    }
  }

  /** Waits for all callbacks, and returns the error of those that failed. */
  async #callbacksEnd(): Promise<CallbackError | undefined> {
    try {
      await this.settled();
    } catch (error) {
      return new CallbackError(error);
    }
  }

  #endHold(): void {
    try {
      runInScope(this, this.document, () => this.owner.sync.endHoldOf(this));
    } catch (error) {
      this.fail(error);
    }
  }
}

function unnamed(): string {
  return "A transaction";
}
