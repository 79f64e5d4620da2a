import { CallbackScope } from "../../document/callbacks/callback_scope.ts";
import { runAsPart } from "../../document/callbacks/current.ts";
import { CallbackError } from "./callback_error.ts";
import type { Session } from "../session.ts";

/** Options of {@linkcode Session.transact}. */
export interface TransactOptions {
  /** The client that causes the changes; absent for the server itself. */
  changeSource?: object;
  /** Names the work in the log if it takes too long. */
  name?: (() => string) | undefined;
}

/**
 * One run of work with a session's document, from acquiring the lock to sending the changes. It owns the callbacks that
 * the work sets off, the hold that they start, and the locks of other sessions that they wait for.
 */
export class Transaction extends CallbackScope {
  readonly session: Session;
  readonly byClient: boolean;
  readonly name: () => string;
  readonly startedAt: number = performance.now();
  readonly #outer: Transaction | undefined;
  #awaited: Set<{ readonly session: Session }> | undefined;

  /**
   * Starts a transaction.
   *
   * @param outer The transaction of another session that this one was started within.
   */
  constructor(session: Session, { changeSource, name = unnamed }: TransactOptions, outer: Transaction | undefined) {
    super(session.document);
    this.session = session;
    this.byClient = changeSource !== undefined;
    this.name = name;
    this.#outer = outer;
  }

  /**
   * Runs the work of the transaction, and waits for the callbacks that it sets off. Returns no promise if nothing has to be
   * waited for. Work that fails releases the hold that it started.
   *
   * @throws What the work threw; a {@linkcode CallbackError} for what callbacks threw.
   */
  run<T>(work: () => T | Promise<T>): T | Promise<T> {
    let result: T | Promise<T>;
    try {
      result = runAsPart(this, this.document, work);
    } catch (error) {
      this.#endHold();
      if (this.isSettled) throw error;
      return this.#finish(Promise.reject(error));
    }
    return result instanceof Promise || !this.isSettled ? this.#finish(result) : result;
  }

  /** Joins work of another caller to this transaction. The caller receives its errors. */
  include<T>(work: () => T | Promise<T>): T | Promise<T> {
    const result = this.document.runAs(work);
    if (result instanceof Promise) this.join(result);
    return result;
  }

  /** Waits for the lock of a session, and notes the wait so that {@linkcode wouldDeadlock} finds it. */
  async awaitLock(session: Session, acquired: Promise<void>): Promise<void> {
    const chain = [...this.#chain()];
    const wait = { session };
    for (const transaction of chain) (transaction.#awaited ??= new Set()).add(wait);
    await acquired;
    for (const transaction of chain) transaction.#awaited?.delete(wait);
  }

  /** Whether a wait for the lock of a session could never end: its owner waits, over any number of locks, for this transaction. */
  wouldDeadlock(session: Session): boolean {
    const chain = new Set(this.#chain());
    const sessions = new Set([session]);
    for (const { transaction } of sessions) { // grows while it is read
      if (transaction === undefined) continue;
      if (chain.has(transaction)) return true;
      for (const awaited of transaction.#awaited ?? []) sessions.add(awaited.session);
    }
    return false;
  }

  /** This transaction and those around it that have not ended. */
  *#chain(): Iterable<Transaction> {
    if (this.active) yield this;
    if (this.#outer !== undefined) yield* this.#outer.#chain();
  }

  async #finish<T>(result: T | Promise<T>): Promise<T> {
    const [outcome] = await Promise.allSettled([result]);
    let failure = await this.#callbacksEnd();
    if (outcome.status === "rejected" || failure !== undefined) {
      this.#endHold();
      const failedAfterHold = await this.#callbacksEnd();
      failure ??= failedAfterHold;
    }
    if (outcome.status === "fulfilled") {
      if (failure !== undefined) throw failure;
      return outcome.value;
    }
    if (failure !== undefined) this.session.reportError(failure);
    throw outcome.reason;
  }

  /** Waits for all callbacks, and returns what they failed with. */
  async #callbacksEnd(): Promise<CallbackError | undefined> {
    try {
      await this.settled();
    } catch (error) {
      return new CallbackError(error);
    }
  }

  #endHold(): void {
    try {
      runAsPart(this, this.document, () => this.document.endHoldOf(this));
    } catch (error) {
      this.fail(error);
    }
  }
}

function unnamed(): string {
  return "A transaction";
}
