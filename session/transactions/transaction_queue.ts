import { currentScope } from "../../document/callbacks/callback_scope.ts";
import type { DocumentSync } from "../../document/document_sync.ts";
import type { DocumentPatchedEvent } from "../../document/events/events.ts";
import type { SessionReporter } from "../observability/session_reporter.ts";
import type { SlowCallbacks } from "../observability/slow_callbacks.ts";
import type { SessionLifetime } from "../session_lifetime.ts";
import { Lock } from "./lock.ts";
import { Transaction, type TransactionOwner, type TransactOptions } from "./transaction.ts";

/** Options of {@linkcode TransactionQueue}. */
interface TransactionQueueOptions {
  /** The document that the transactions change. */
  readonly sync: DocumentSync;
  /** The session's lifetime: a destroyed session starts no transaction. */
  readonly lifetime: SessionLifetime;
  /** Receives durations and errors. */
  readonly reporter: SessionReporter;
  /** Reports transactions that take too long. */
  readonly slowCallbacks: SlowCallbacks;
  /**
   * Sends changes to the session's clients. Called at the end of each transaction that changed the
   * document, while the lock is still held, so that clients receive the transactions in their
   * order. `byClient` states whether a client caused the transaction.
   */
  readonly send: (events: readonly DocumentPatchedEvent[], byClient: boolean) => void;
}

/**
 * Runs the transactions of one document, one at a time and in the order in which they were started,
 * and collects the changes that each makes until its end.
 *
 * A transaction acquires the document's lock, runs its work and the callbacks that this sets off,
 * sends the changes, and releases the lock. All of it is synchronous unless the lock is held or the
 * work or a callback returns a promise.
 */
export class TransactionQueue implements TransactionOwner {
  readonly sync: DocumentSync;
  readonly reporter: SessionReporter;
  readonly #lifetime: SessionLifetime;
  readonly #slowCallbacks: SlowCallbacks;
  readonly #send: TransactionQueueOptions["send"];
  /**
   * Whether `send` is called at the end of each transaction, also of one that did not change the
   * document.
   *
   * @default {false}
   */
  reportsAll = false;
  readonly #lock = new Lock();
  #current: Transaction | undefined;
  #events: DocumentPatchedEvent[] = [];
  #flushScheduled = false;

  /** Creates a queue without transactions. */
  constructor({ sync, lifetime, reporter, slowCallbacks, send }: TransactionQueueOptions) {
    this.sync = sync;
    this.reporter = reporter;
    this.#lifetime = lifetime;
    this.#slowCallbacks = slowCallbacks;
    this.#send = send;
  }

  /** Whether a transaction holds the document's lock. */
  get busy(): boolean {
    return this.#lock.held;
  }

  /** The transaction that holds the document's lock. */
  get current(): Transaction | undefined {
    return this.#current;
  }

  /**
   * Runs a function in a transaction. Within a transaction of the same document the function joins
   * that one.
   *
   * @returns The function's result. A promise only if the lock is held, or if the function or a
   * callback returns one.
   * @throws {CallbackError} If a callback failed. Changes made before the error are sent all the
   * same.
   * @throws {Error} If the session was destroyed, or if waiting for the lock would be a deadlock.
   */
  run<T>(options: TransactOptions, fn: () => T | Promise<T>): T | Promise<T> {
    const scope = currentScope()?.root;
    const outer = scope instanceof Transaction ? scope : undefined;
    if (outer?.owner === this) return outer.include(fn);
    return this.start(options, fn, outer);
  }

  /**
   * Runs a function in a new transaction, also when the caller is within another one. Otherwise the
   * same as {@linkcode TransactionQueue.run}.
   *
   * @param outer The transaction of another document that waits for this one, if any.
   */
  start<T>(options: TransactOptions, fn: () => T | Promise<T>, outer?: Transaction): T | Promise<T> {
    if (this.#lifetime.destroyed) throw destroyedError();
    if (this.#lock.tryAcquire()) return this.#run(options, fn, outer);
    if (outer?.wouldDeadlock(this)) {
      throw new Error(
        "Cannot lock the document: the work that holds its lock waits for this transaction. Do not wait for another session's document within a transaction: start it with without_document_lock",
      );
    }
    const acquired = this.#lock.acquire();
    return (outer?.awaitLock(this, acquired) ?? acquired).then(() => this.#run(options, fn, outer));
  }

  /**
   * Runs a function in a new transaction without waiting for it. Reports its error unless the
   * session was destroyed.
   *
   * @returns A promise of the end only if the lock is held, or if the function or a callback returns
   * one: most changes are synchronous, and a promise would take longer than they do.
   */
  startDetached(options: TransactOptions, fn: () => unknown): Promise<void> | undefined {
    try {
      const ended = this.start(options, fn);
      if (!(ended instanceof Promise)) return undefined;
      return ended.then(() => {}, (error) => this.reportError(error));
    } catch (error) {
      this.reportError(error);
      return undefined;
    }
  }

  /** Reports an error of a callback, unless the session was destroyed. */
  reportError(error: unknown): void {
    if (!this.#lifetime.destroyed) this.reporter.callbackFailed(error);
  }

  /**
   * Collects a change. At the end of the running transaction it is sent. A change outside of a
   * transaction is sent at the end of the running microtask, together with those that follow in the
   * meantime.
   */
  addEvent(event: DocumentPatchedEvent): void {
    this.#events.push(event);
    if (this.#flushScheduled || this.#lock.held) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      if (this.#lock.held) return;
      try {
        this.#flush(false);
      } catch (error) {
        this.reporter.internalError(error);
      }
    });
  }

  /**
   * Sends the changes so far, if they are those of the transaction that the caller belongs to.
   * Otherwise waits until the transaction that holds the lock has ended.
   */
  async flush(): Promise<void> {
    if (!this.flushNow()) await this.settled(undefined);
  }

  /**
   * Sends the changes so far, unless they are those of a transaction that the caller does not belong
   * to. Returns whether it did.
   */
  flushNow(): boolean {
    const scope = currentScope()?.root;
    if (this.#current !== undefined && scope !== this.#current) return false;
    this.#flush(this.#current?.byClient ?? false);
    return true;
  }

  /**
   * Waits until all transactions that run or wait now have ended, and drops the changes that were
   * not sent.
   *
   * @param until Stops waiting when it is aborted.
   */
  async close(until: AbortSignal | undefined): Promise<void> {
    await this.settled(until);
    this.#events = [];
  }

  /**
   * Waits until all transactions that run or wait now have ended, or until the signal is aborted.
   */
  settled(until: AbortSignal | undefined): Promise<void> {
    if (!this.#lock.held) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    void this.#lock.acquire().then(() => {
      this.#lock.release();
      resolve();
    });
    if (until?.aborted) resolve();
    until?.addEventListener("abort", () => resolve(), { once: true });
    return promise;
  }

  #run<T>(options: TransactOptions, fn: () => T | Promise<T>, outer: Transaction | undefined): T | Promise<T> {
    if (this.sync.destroyed) {
      this.#lock.release();
      throw destroyedError();
    }
    const transaction = this.#current = new Transaction(this, options, outer);
    let result: T | Promise<T>;
    try {
      this.#flush(false); // changes made outside of a transaction are sent before those of this one
      result = transaction.run(fn);
    } catch (error) {
      this.#endSynchronous(transaction);
      throw error;
    }
    if (result instanceof Promise) return this.#endAsynchronous(transaction, result);
    this.#endSynchronous(transaction);
    return result;
  }

  #endSynchronous(transaction: Transaction): void {
    this.#slowCallbacks.reportBlocking(transaction.name, this.#end(transaction), this.reporter);
  }

  async #endAsynchronous<T>(transaction: Transaction, result: Promise<T>): Promise<T> {
    const synchronousPart = performance.now() - transaction.startedAt;
    this.#slowCallbacks.reportBlocking(transaction.name, synchronousPart, this.reporter);
    const stopWatching = this.#slowCallbacks.watch(transaction.name, this.reporter);
    let hasEnded = false;
    const end = () => {
      if (hasEnded) return;
      hasEnded = true;
      stopWatching();
      this.#end(transaction);
    };
    transaction.onWorkLeft = end;
    try {
      return await result;
    } finally {
      end();
    }
  }

  /**
   * Sends the changes, releases the lock, and returns the duration of the transaction in
   * milliseconds.
   */
  #end(transaction: Transaction): number {
    transaction.active = false;
    try {
      this.#flush(transaction.byClient);
    } finally {
      this.#current = undefined;
      this.#lock.release();
    }
    const milliseconds = performance.now() - transaction.startedAt;
    this.reporter.event({ type: "transactionEnded", byClient: transaction.byClient, milliseconds });
    return milliseconds;
  }

  #flush(byClient: boolean): void {
    if (this.#events.length === 0 && !this.reportsAll) return;
    const events = this.#events;
    this.#events = [];
    this.#send(events, byClient);
  }
}

function destroyedError(): Error {
  return new Error("Cannot change document: session has ended");
}
