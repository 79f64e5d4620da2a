import { getLogger } from "@logtape/logtape";
import { currentWork, runAsPart } from "../document/current.ts";
import type { Document } from "../document/document.ts";
import type { PatchPolicy } from "../document/patch_policy.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "../document/events.ts";
import type { SessionCallback } from "../document/session_callbacks.ts";
import type { SessionContext } from "../document/session_context.ts";
import { ProtocolError, type ProtocolErrorCode } from "../protocol/error.ts";
import { Broadcast } from "./broadcast.ts";
import { CallbackError } from "./callback_error.ts";
import { CallbackRunner } from "./callback_runner.ts";
import type { Clock } from "./clock.ts";
import { Lock } from "./lock.ts";
import type { SessionObserver } from "./observer.ts";
import { type ContextFacts, OwnContext } from "./own_context.ts";
import type { SlowCallbacks } from "./slow_callbacks.ts";
import type { Subscriber } from "./subscriber.ts";
import { noTrace, type Trace } from "./trace.ts";
import { whenDone } from "./when_done.ts";

const log = getLogger(["bokeh", "session"]);

/** Options of {@linkcode Session}. */
export interface SessionOptions extends ContextFacts {
  /** What it is called. */
  id: string;
  /** Its document, filled. */
  document: Document;
  /** Where the session has its time from. */
  clock: Clock;
  /** Hears of what happens in the session. */
  observer: SessionObserver;
  /** Collects what the session does as spans. @default {noTrace} */
  trace?: Trace | undefined;
  /** How long a change by the server wins over those of clients that have not seen it yet. */
  convergenceWindowMilliseconds?: number | undefined;
  /** Hears of callbacks that take too long, of all sessions. */
  slowCallbacks: SlowCallbacks;
  /** What clients may change; everything by default. */
  acceptPatch?: PatchPolicy | undefined;
  /** Returns the ids of its upload URLs, which clients that read only do not get. */
  uploadIds?: (() => readonly string[]) | undefined;
}

/** Options of {@linkcode Session.transact}. */
export interface TransactOptions {
  /** Who causes the changes; absent for the server itself. */
  origin?: object;
  /** What is done, for the log where it takes too long. */
  name?: (() => string) | undefined;
}

/** One run through the document, from taking its lock to sending its changes. */
class Transaction {
  readonly session: Session;
  readonly byClient: boolean;
  readonly name: () => string;
  readonly startedAt = performance.now();
  active = true;

  constructor(session: Session, { origin, name = () => "A transaction" }: TransactOptions) {
    this.session = session;
    this.byClient = origin !== undefined;
    this.name = name;
  }
}

const NOBODY: ReadonlySet<Subscriber> = new Set();

/** A living document and those who look at it. */
export class Session {
  /** What it is called. */
  readonly id: string;
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
  #broadcast: Broadcast | undefined;
  #callbacks: CallbackRunner | undefined;
  #abort: AbortController | undefined;
  #endedBy: ProtocolErrorCode | undefined;
  readonly #options: SessionOptions;
  readonly #createdAt: number;
  #events: DocumentPatchedEvent[] = [];
  #flushScheduled = false;
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
    this.document.unlockedFailed = (error) => this.reportError(error);
    for (const callback of this.document.session_callbacks) this.#plan(callback);
  }

  /**
   * Runs a function alone with the document. When it and all callbacks that it set off have ended, what they changed is
   * sent to everybody but those who caused it, and the next may come. Within a transaction it is part of that one.
   *
   * @throws {CallbackError} where the function or a callback failed; what was changed before that is sent all the same.
   */
  async transact<T>(options: TransactOptions, fn: () => T | Promise<T>): Promise<T> {
    return await this.transactNow(options, fn);
  }

  /** As {@linkcode Session.transact}, but without any delay where there is nothing to wait for. */
  transactNow<T>(options: TransactOptions, fn: () => T | Promise<T>): T | Promise<T> {
    const outer = currentWork();
    if (outer instanceof Transaction && outer.session === this && outer.active) return this.document.runAs(fn);
    return this.#transactAnew(options, fn);
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
      convergenceWindowMilliseconds: this.#options.convergenceWindowMilliseconds,
      whenFree: (fn) => void this.#transactSoon(fn),
      onSent: (events, connections) => this.observer({ type: "patchSent", events, connections }),
    });
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

  /** Ends the session: its connections are closed, its callbacks stop, and those of its end run. Does nothing the second time. */
  async destroy(reason: ProtocolErrorCode = "session_gone"): Promise<void> {
    if (this.destroyed) return;
    this.#endedBy = reason;
    this.#signalEnd();
    for (const subscriber of [...this.subscribers]) subscriber.sessionEnded(reason);
    this.#callbacks?.stop();
    this.#events = [];
    this.observer({ type: "sessionDestroyed", livedMilliseconds: this.ageMilliseconds });
    try {
      await this.document.destroy(this.context);
    } catch (error) {
      this.reportError(error);
    }
  }

  /** Logs an error of the application with its stack: nobody else is told of it. */
  reportError(error: unknown): void {
    const cause = error instanceof CallbackError ? error.cause : error;
    log.error("A callback failed: {error}", { error: cause });
    this.observer({ type: "callbackFailed", error: cause });
  }

  // for what comes of itself: also where it was planned within a transaction, it is none of that
  #transactAnew<T>(options: TransactOptions, fn: () => T | Promise<T>): T | Promise<T> {
    if (this.#lock.tryAcquire()) return this.#run(options, fn);
    return this.#lock.acquire().then(() => this.#run(options, fn));
  }

  async #transactSoon(fn: () => void): Promise<void> {
    try {
      await this.#transactAnew({}, fn);
    } catch (error) {
      if (!this.destroyed) this.reportError(error);
    }
  }

  #run<T>(options: TransactOptions, fn: () => T | Promise<T>): T | Promise<T> {
    if (this.destroyed) {
      this.#lock.release();
      throw new Error("Cannot change document: session has ended");
    }
    this.#flush(); // what was changed outside of transactions comes before
    const transaction = new Transaction(this, options);
    let result: T | Promise<T>;
    try {
      result = runAsPart(transaction, this.document, fn);
    } catch (error) {
      if (!this.document.isSettled) return this.#settle(transaction, Promise.reject(error));
      this.#endAtOnce(transaction);
      throw error;
    }
    if (result instanceof Promise || !this.document.isSettled) return this.#settle(transaction, result);
    this.#endAtOnce(transaction);
    return result;
  }

  async #settle<T>(transaction: Transaction, result: T | Promise<T>): Promise<T> {
    this.#options.slowCallbacks.ran(transaction.name, performance.now() - transaction.startedAt);
    const ended = this.#options.slowCallbacks.watch(transaction.name);
    try {
      const [outcome] = await Promise.allSettled([result]);
      try {
        await this.document.settled();
      } catch (error) {
        throw new CallbackError(error);
      }
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    } finally {
      ended();
      this.#end(transaction);
    }
  }

  #endAtOnce(transaction: Transaction): void {
    this.#options.slowCallbacks.ran(transaction.name, this.#end(transaction));
  }

  // answers with how long the transaction took
  #end(transaction: Transaction): number {
    transaction.active = false;
    try {
      this.#flush();
    } finally {
      this.#lock.release();
    }
    const milliseconds = performance.now() - transaction.startedAt;
    this.observer({ type: "transactionEnded", byClient: transaction.byClient, milliseconds });
    return milliseconds;
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
      if (!this.#lock.held) this.#flush();
    });
  }

  #flush(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#broadcast?.send(events);
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
    const run = () => callback.callback();
    if (callback.unlocked) return runAsPart(undefined, this.document, async () => void await run());
    return this.#transactAnew({ name: () => `The ${callback.kind} callback ${callback.name}` }, run);
  }
}
