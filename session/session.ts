import type { Logger } from "@logtape/logtape";
import { currentScope, runAsPart } from "../document/callbacks/current.ts";
import type { Document } from "../document/document.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "../document/events/events.ts";
import type { SessionCallback } from "../document/callbacks/session_callbacks.ts";
import type { SessionContext } from "../document/session_context.ts";
import { ProtocolError, type ProtocolErrorCode } from "../protocol/error.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { Broadcast } from "./sync/broadcast.ts";
import { CallbackError } from "./transactions/callback_error.ts";
import { CallbackRunner } from "./transactions/callback_runner.ts";
import type { Clock } from "../common/clock.ts";
import { Lock } from "./transactions/lock.ts";
import { MessageForwarder } from "./sync/message_forwarder.ts";
import type { SessionObserver } from "./observability/observer.ts";
import { OwnContext } from "./live_session_context.ts";
import { sessionLogger } from "./observability/session_log.ts";
import type { SessionOptions } from "./session_options.ts";
import { SessionWork } from "./limits/session_work.ts";
import type { LimitKind } from "../protocol/work_limits.ts";
import type { Subscriber } from "./sync/subscriber.ts";
import { noTrace, type Trace } from "./observability/trace.ts";
import { Transaction, type TransactOptions } from "./transactions/transaction.ts";
import { whenDone } from "./transactions/when_done.ts";

const NOBODY: ReadonlySet<Subscriber> = new Set();

/** A living document and those who look at it. */
export class Session {
  /** What it is called. */
  readonly id: string;
  /** Differs from that of every other session object, also of those with the same id in other processes. Not a secret. */
  readonly instance: string = crypto.randomUUID();
  /** Its document. */
  readonly document: Document;
  /** What the application sees of the session. */
  readonly context: SessionContext;
  /** What clients may change; everything where it is undefined. */
  readonly acceptPatch: PatchPolicy | undefined;
  /** Where the session has its time from. */
  readonly clock: Clock;
  /** Hears of what happens in the session. */
  readonly observer: SessionObserver;
  /** Makes spans of what the session does. */
  readonly trace: Trace;
  readonly #lock = new Lock();
  #log: Logger | undefined;
  #broadcast: Broadcast | undefined;
  #callbacks: CallbackRunner | undefined;
  #clientWork: SessionWork | undefined;
  #messages: MessageForwarder | undefined;
  #abort: AbortController | undefined;
  #endedBy: ProtocolErrorCode | undefined;
  readonly #options: SessionOptions;
  readonly #createdAt: number;
  #events: DocumentPatchedEvent[] = [];
  #flushScheduled = false;
  #transaction: Transaction | undefined;
  #idleSince: number;
  #expirationBlocks = 0;
  #expirationRequested = false;

  /**
   * Makes a session that is not at work yet: see {@linkcode Session.start}.
   *
   * @internal
   */
  constructor(options: SessionOptions) {
    const { id, document, clock, observer } = options;
    this.id = id;
    this.document = document;
    this.acceptPatch = options.acceptPatch;
    this.trace = options.trace ?? noTrace;
    this.clock = clock;
    this.observer = observer;
    this.#createdAt = this.#idleSince = clock.now();
    this.context = new OwnContext(this, options);
    this.#options = options;
  }

  /**
   * The session's logger, whose lines state its application, user and address.
   *
   * @internal
   */
  get log(): Logger {
    return this.#log ??= sessionLogger(this.#options.logFields);
  }

  /**
   * The work that clients cause.
   *
   * @internal
   */
  get work(): SessionWork {
    return this.#clientWork ??= this.accountWork((limit) => {
      this.log.warn("Ended a session: its clients asked for too much work ({limit})", { limit });
      queueMicrotask(() => this.#endOverworked());
    });
  }

  /**
   * Returns a new account of work with the limits of this session.
   *
   * @param end Called once, when the work exceeds a limit.
   * @internal
   */
  accountWork(end: (limit: LimitKind) => void): SessionWork {
    return new SessionWork({ limits: this.#options.workLimits, observer: this.observer, end });
  }

  /**
   * Those who hear of changes.
   *
   * @internal
   */
  get subscribers(): ReadonlySet<Subscriber> {
    return this.#broadcast?.subscribers ?? NOBODY;
  }

  /**
   * Ids of its upload URLs.
   *
   * @internal
   */
  get uploadIds(): readonly string[] {
    return this.#options.uploadIds?.() ?? [];
  }

  /** Aborted when the session ends. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    this.#signalEnd();
    return this.#abort.signal;
  }

  /** Whether the session has ended. */
  get destroyed(): boolean {
    return this.#endedBy !== undefined;
  }

  /** Whether somebody is at work on the document. */
  get busy(): boolean {
    return this.#lock.held;
  }

  /**
   * The transaction that holds the document's lock.
   *
   * @internal
   */
  get transaction(): Transaction | undefined {
    return this.#transaction;
  }

  /** How long nobody has been connected, in milliseconds; 0 while somebody is. */
  get idleMilliseconds(): number {
    return this.subscribers.size > 0 ? 0 : this.clock.now() - this.#idleSince;
  }

  /** How long the session has been there. */
  get ageMilliseconds(): number {
    return this.clock.now() - this.#createdAt;
  }

  /** Whether the session was asked to end as soon as nobody is connected. */
  get expirationRequested(): boolean {
    return this.#expirationRequested;
  }

  /** Whether something keeps the session from expiring. */
  get expirationBlocked(): boolean {
    return this.#expirationBlocks > 0 || this.#lock.held;
  }

  /** Begins to hear the document and to run its callbacks, once the application has filled it. */
  start(): void {
    this.#idleSince = this.clock.now();
    this.document.onEvent((event) => this.#hear(event));
    this.document.onBackgroundError = (error) => this.reportError(error);
    for (const callback of this.document.session_callbacks) this.#plan(callback);
  }

  /**
   * Runs a function alone with the document. When it and all callbacks that it set off have ended, what they changed is
   * sent to all clients but those that caused it, and the next transaction may start. Within a transaction the function is part of that
   * one.
   *
   * @throws {CallbackError} When a callback failed. Changes made before the error are sent all the same.
   * @throws {Error} When the session has ended, or when the lock could never be acquired: work that holds it waits for the
   * transaction of the caller.
   */
  async transact<T>(options: TransactOptions, fn: () => T | Promise<T>): Promise<T> {
    return await this.transactNow(options, fn);
  }

  /** As {@linkcode Session.transact}, but without any delay if there is nothing to wait for. */
  transactNow<T>(options: TransactOptions, fn: () => T | Promise<T>): T | Promise<T> {
    const scope = currentScope()?.root;
    const outer = scope instanceof Transaction ? scope : undefined;
    if (outer?.session === this) return outer.include(fn);
    return this.#acquire(options, fn, outer);
  }

  /**
   * Adds one who hears of changes.
   *
   * @internal
   */
  subscribe(subscriber: Subscriber): void {
    this.broadcast.subscribers.add(subscriber);
  }

  /**
   * Takes one out who heard of changes, and tells the application; with the last one the time of being unused begins.
   *
   * @internal
   */
  unsubscribe(subscriber: Subscriber): void {
    this.#broadcast?.remove(subscriber);
    this.#messages?.remove(subscriber);
    if (this.subscribers.size === 0) this.#idleSince = this.clock.now();
    if (this.destroyed || !this.document.hearsLostConnections) return;
    void this.#transactSoon(() => this.document.callbacks.connectionLost());
  }

  /**
   * The wire's news for those who take care of it: see {@linkcode Broadcast}.
   *
   * @internal
   */
  get broadcast(): Broadcast {
    return this.#broadcast ??= new Broadcast({
      document: this.document,
      clock: this.clock,
      undeliveredBytes: this.#options.workLimits?.undeliveredBytes,
      convergenceWindowMilliseconds: this.#options.convergenceWindowMilliseconds,
      whenFree: (fn) => void this.#transactSoon(fn),
      onSent: (events, connections) => this.observer({ type: "patchSent", events, connections }),
      onSendForClient: (bytes) => this.work.maySend(bytes),
    });
  }

  /**
   * Notes that a client has pushed the document: it runs the document's callbacks from now on.
   *
   * @internal
   */
  addDocumentOwner(client: Subscriber): void {
    (this.#messages ??= new MessageForwarder()).addOwner(client);
  }

  /**
   * Forwards the messages among a client's events that have been applied: see {@linkcode MessageForwarder}.
   *
   * @internal
   */
  forwardMessages(
    sender: Subscriber,
    events: readonly PatchEvent[],
    buffers: ReadonlyMap<string, Uint8Array>,
  ): void {
    this.#messages?.forward(sender, events, { buffers, clients: this.subscribers });
  }

  /** Ends the session as soon as nobody is connected. */
  requestExpiration(): void {
    this.#expirationRequested = true;
  }

  /** Keeps the session from expiring until what is returned is called, or disposed of. */
  blockExpiration(): Disposable & (() => void) {
    this.#expirationBlocks++;
    let blocked = true;
    const unblock = () => {
      if (blocked) this.#expirationBlocks--;
      blocked = false;
    };
    return Object.assign(unblock, { [Symbol.dispose]: unblock });
  }

  /** Ends the session: {@linkcode Session.close}, then {@linkcode Session.destroyDocument}. Does nothing the second time. */
  async destroy(reason: ProtocolErrorCode = "session_gone"): Promise<void> {
    await this.close(reason);
    await this.destroyDocument();
  }

  /**
   * Closes the connections, stops the timers, and waits for transactions that run or wait. New ones are refused.
   *
   * @param until Ends the wait for transactions when it is aborted. Without it the wait has no limit.
   */
  async close(reason: ProtocolErrorCode, until?: AbortSignal): Promise<void> {
    if (this.destroyed) return;
    this.#endedBy = reason;
    this.#signalEnd();
    for (const subscriber of [...this.subscribers]) subscriber.sessionEnded(reason);
    this.#callbacks?.stop();
    this.observer({ type: "sessionDestroyed", livedMilliseconds: this.ageMilliseconds });
    if (this.#lock.held) await this.#free(until);
    this.#events = [];
  }

  /** Runs `on_session_destroyed`, and lets go of the document. Reports errors instead of throwing them. */
  async destroyDocument(): Promise<void> {
    try {
      await this.document.destroy(this.context);
    } catch (error) {
      this.reportError(error);
    }
  }

  /** Resolves when all transactions that run or wait now have ended, or when the signal is aborted. */
  #free(until: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    void this.#lock.acquire().then(() => {
      this.#lock.release();
      resolve();
    });
    if (until?.aborted) resolve();
    until?.addEventListener("abort", () => resolve(), { once: true });
    return promise;
  }

  /** Reports an error of the application to the log, with its stack, and to the observer. Clients never see it. */
  reportError(error: unknown): void {
    const cause = error instanceof CallbackError ? error.cause : error;
    this.log.error("A callback failed: {error}", { error: cause });
    this.observer({ type: "callbackFailed", error: cause });
  }

  /** Reports an error of the server's own code, which no application can have caused. */
  reportInternalError(error: unknown): void {
    this.log.fatal("Internal error of the server: {error}", { error });
    this.observer({ type: "internalError", error });
  }

  // acquire the lock → run the work and its callbacks → send the changes → release the lock
  #acquire<T>(options: TransactOptions, fn: () => T | Promise<T>, outer?: Transaction): T | Promise<T> {
    if (this.destroyed) throw new Error("Cannot change document: session has ended");
    if (this.#lock.tryAcquire()) return this.#run(options, fn, outer);
    if (outer?.wouldDeadlock(this)) {
      throw new Error(
        "Cannot lock the document: the work that holds its lock waits for this transaction. Do not wait for another session's document within a transaction: start it with without_document_lock",
      );
    }
    const acquired = this.#lock.acquire();
    return (outer?.awaitLock(this, acquired) ?? acquired).then(() => this.#run(options, fn, outer));
  }

  #run<T>(options: TransactOptions, fn: () => T | Promise<T>, outer: Transaction | undefined): T | Promise<T> {
    if (this.document.destroyed) {
      this.#lock.release();
      throw new Error("Cannot change document: session has ended");
    }
    const transaction = this.#transaction = new Transaction(this, options, outer);
    let result: T | Promise<T>;
    try {
      this.#flush(); // changes made outside of transactions come before
      result = transaction.run(fn);
    } catch (error) {
      this.#endAtOnce(transaction);
      throw error;
    }
    if (result instanceof Promise) return this.#endLater(transaction, result);
    this.#endAtOnce(transaction);
    return result;
  }

  async #transactSoon(fn: () => void): Promise<void> {
    try {
      await this.#acquire({}, fn);
    } catch (error) {
      if (!this.destroyed) this.reportError(error);
    }
  }

  #endAtOnce(transaction: Transaction): void {
    this.#options.slowCallbacks.ran(transaction.name, this.#end(transaction), this);
  }

  async #endLater<T>(transaction: Transaction, result: Promise<T>): Promise<T> {
    this.#options.slowCallbacks.ran(transaction.name, performance.now() - transaction.startedAt, this);
    const ended = this.#options.slowCallbacks.watch(transaction.name, this);
    try {
      return await result;
    } finally {
      ended();
      this.#end(transaction);
    }
  }

  /** Returns the duration of the transaction in milliseconds. */
  #end(transaction: Transaction): number {
    transaction.active = false;
    try {
      this.#flush();
    } finally {
      this.#transaction = undefined;
      this.#lock.release();
    }
    const milliseconds = performance.now() - transaction.startedAt;
    this.observer({ type: "transactionEnded", byClient: transaction.byClient, milliseconds });
    return milliseconds;
  }

  #endOverworked(): void {
    if (this.#options.endOverworked !== undefined) this.#options.endOverworked();
    else void this.destroy("too_much_work");
  }

  #signalEnd(): void {
    if (this.#endedBy === undefined || this.#abort === undefined) return;
    this.#abort.abort(new ProtocolError("Cannot go on: session has ended", this.#endedBy));
  }

  #plan(callback: SessionCallback): void {
    this.#callbacks ??= new CallbackRunner({ clock: this.clock, run: (due) => this.#runCallback(due) });
    this.#callbacks.add(callback);
  }

  #hear(event: DocumentEvent): void {
    if (event.kind === "SessionCallbackAdded") return this.#plan(event.callback);
    if (event.kind === "SessionCallbackRemoved") return this.#callbacks?.remove(event.callback);
    this.#events.push(event);
    if (this.#flushScheduled || this.#lock.held) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      if (this.#lock.held) return;
      try {
        this.#flush();
      } catch (error) {
        this.reportInternalError(error);
      }
    });
  }

  #flush(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    if (this.subscribers.size > 0) this.#send(events);
    else this.document.sweep(); // nothing is encoded, so that replaced models would pile up
  }

  /** Sends events. If that fails, reports it and closes all connections: some clients missed events, and pull again. */
  #send(events: readonly DocumentPatchedEvent[]): void {
    try {
      this.#broadcast?.send(events);
    } catch (error) {
      this.reportInternalError(error);
      for (const subscriber of [...this.subscribers]) subscriber.sessionEnded("internal");
    }
  }

  #runCallback(callback: SessionCallback): void | Promise<void> {
    const { kind } = callback;
    const start = this.clock.now();
    const failed = (error: unknown) => {
      if (!this.destroyed) this.reportError(error);
    };
    let done: unknown;
    try {
      done = this.trace("bokeh callback", { "bokeh.kind": kind }, () => this.#work(callback));
    } catch (error) {
      failed(error);
    }
    return whenDone(
      done instanceof Promise ? done.catch(failed) : undefined,
      () => this.observer({ type: "callbackEnded", kind, milliseconds: this.clock.now() - start }),
    );
  }

  #work(callback: SessionCallback): unknown {
    // the callback may be removed while it waits for the lock
    const run = () => this.#callbacks?.has(callback) ? callback.callback() : undefined;
    if (callback.unlocked) return runAsPart(undefined, this.document, async () => void await run());
    // a callback that a transaction planned is no part of it
    return this.#acquire({ name: () => `The ${callback.kind} callback ${callback.name}` }, run);
  }
}
