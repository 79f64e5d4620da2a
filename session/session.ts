import type { Logger } from "@logtape/logtape";
import type { Clock } from "../common/clock.ts";
import type { SessionCallback } from "../document/callbacks/session_callbacks.ts";
import type { Document, SessionContext } from "../document/document.ts";
import { type DocumentSync, syncOf } from "../document/document_sync.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "../document/events/events.ts";
import type { PatchPolicy } from "../document/patches/patch_policy.ts";
import type { ProtocolErrorCode } from "../protocol/error.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import type { LimitKind } from "../protocol/work_limits.ts";
import { SessionWork } from "./limits/session_work.ts";
import { LiveSessionContext } from "./live_session_context.ts";
import type { SessionObserver } from "./observability/observer.ts";
import { SessionReporter } from "./observability/session_reporter.ts";
import { noTrace, type Trace } from "./observability/trace.ts";
import { SessionLifetime } from "./session_lifetime.ts";
import type { SessionOptions } from "./session_options.ts";
import type { OutputGate } from "./persistence/output_gate.ts";
import type { SessionRecorder } from "./recording/session_recorder.ts";
import type { JournalHost, SessionJournal } from "./persistence/session_journal.ts";
import { Broadcast } from "./sync/broadcast.ts";
import { MessageForwarder } from "./sync/message_forwarder.ts";
import { SessionSnapshots } from "./sync/session_snapshots.ts";
import type { Subscriber } from "./sync/subscriber.ts";
import { CallbackRunner } from "./transactions/callback_runner.ts";
import type { TransactOptions } from "./transactions/transaction.ts";
import { TransactionQueue } from "./transactions/transaction_queue.ts";

const NO_SUBSCRIBERS: ReadonlySet<Subscriber> = new Set();

/**
 * A live document with its clients. It composes the transactions that change the document, the
 * session's lifetime, and the broadcast of changes to clients.
 */
export class Session {
  /** Id of the session, which its clients present. A secret. */
  readonly id: string;
  /**
   * Random id of this object. Another session with the same {@linkcode Session.id} has another one.
   * Not a secret.
   */
  readonly instance: string;
  /** The session's document. */
  readonly document: Document;
  /**
   * The internal API of the document.
   *
   * @internal
   */
  readonly sync: DocumentSync;
  /** The application's view of the session (`doc.session_context`). */
  readonly context: SessionContext;
  /** Decides which changes clients may make; undefined if they may make all. */
  readonly acceptPatch: PatchPolicy | undefined;
  /** Clock of the session's timers and durations. */
  readonly clock: Clock;
  /** Receives what happens in the session. */
  readonly observer: SessionObserver;
  /** Runs the session's work as spans of a trace. */
  readonly trace: Trace;
  /** @internal Records the session; undefined if it is not recorded. */
  readonly recorder: SessionRecorder | undefined;
  readonly #options: SessionOptions;
  readonly #lifetime: SessionLifetime;
  readonly #reporter: SessionReporter;
  readonly #transactions: TransactionQueue;
  // Created when they are first used: most sessions of a busy server need only some of them.
  #broadcast: Broadcast | undefined;
  #callbacks: CallbackRunner | undefined;
  #clientWork: SessionWork | undefined;
  #journal: SessionJournal | undefined;
  #messages: MessageForwarder | undefined;
  #snapshots: SessionSnapshots | undefined;

  /**
   * Creates a session that does not follow its document yet: see {@linkcode Session.start}.
   *
   * @internal
   */
  constructor(options: SessionOptions) {
    const { id, document, clock, observer, slowCallbacks } = options;
    this.id = id;
    this.instance = options.instance ?? crypto.randomUUID();
    this.document = document;
    const sync = this.sync = syncOf(document);
    this.acceptPatch = options.acceptPatch;
    this.trace = options.trace ?? noTrace;
    this.clock = clock;
    this.recorder = options.recorder;
    this.observer = observer;
    this.#options = options;
    const lifetime = this.#lifetime = new SessionLifetime(clock);
    const reporter = this.#reporter = new SessionReporter(observer, options.logFields);
    const send = (events: readonly DocumentPatchedEvent[], byClient: boolean) => this.#send(events, byClient);
    this.#transactions = new TransactionQueue({ sync, lifetime, reporter, slowCallbacks, send });
    this.context = sync.host = new LiveSessionContext(options, lifetime, this.#transactions, this);
  }

  /**
   * The session's logger. Its lines have the application, user and address of the session as
   * fields.
   *
   * @internal
   */
  get log(): Logger {
    return this.#reporter.log;
  }

  /**
   * Account of the work that the session's clients cause.
   *
   * @internal
   */
  get work(): SessionWork {
    return this.#clientWork ??= this.accountWork((limit) => {
      this.log.warn("Destroyed a session: its clients caused too much work ({limit})", { limit });
      queueMicrotask(() => this.#destroyOverworked());
    });
  }

  /**
   * Creates an account of work with the limits of this session.
   *
   * @param end Called once, when the work exceeds a limit.
   * @internal
   */
  accountWork(end: (limit: LimitKind) => void): SessionWork {
    return new SessionWork({ limits: this.#options.workLimits, observer: this.observer, end });
  }

  /**
   * Clients that receive the document's changes.
   *
   * @internal
   */
  get subscribers(): ReadonlySet<Subscriber> {
    return this.#broadcast?.subscribers ?? NO_SUBSCRIBERS;
  }

  /**
   * Ids of the session's upload URLs.
   *
   * @internal
   */
  get uploadIds(): readonly string[] {
    return this.#options.uploadIds?.() ?? [];
  }

  /** Aborted when the session is destroyed. */
  get signal(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** Whether the session was destroyed. */
  get destroyed(): boolean {
    return this.#lifetime.destroyed;
  }

  /** Why the session was destroyed; undefined if it was not. */
  get destroyedBy(): ProtocolErrorCode | undefined {
    return this.#lifetime.destroyedBy;
  }

  /** Whether a transaction holds the document's lock. */
  get busy(): boolean {
    return this.#transactions.busy;
  }

  /** Time without connected clients, in milliseconds; 0 while a client is connected. */
  get idleMilliseconds(): number {
    return this.subscribers.size > 0 ? 0 : this.#lifetime.idleMilliseconds;
  }

  /** Time since the session was created, in milliseconds. */
  get ageMilliseconds(): number {
    return this.#lifetime.ageMilliseconds;
  }

  /** Whether {@linkcode Session.requestExpiration} was called. */
  get expirationRequested(): boolean {
    return this.#lifetime.expirationRequested;
  }

  /**
   * Whether a transaction or a caller of {@linkcode Session.blockExpiration} keeps the session from
   * expiring.
   */
  get expirationBlocked(): boolean {
    return this.#lifetime.expirationBlocked || this.busy;
  }

  /**
   * Whether another process may take the session over: no client is connected, and no caller of
   * {@linkcode Session.blockExpiration} keeps it here.
   *
   * @internal
   */
  get mayMove(): boolean {
    return this.subscribers.size === 0 && !this.#lifetime.expirationBlocked;
  }

  /**
   * Returns whether the session has expired: see {@linkcode SessionLifetime.isExpired}.
   *
   * @param unusedLifetimeMilliseconds Time that a session without connections may live.
   * @internal
   */
  isExpired(unusedLifetimeMilliseconds: number): boolean {
    const usage = { connections: this.subscribers.size, busy: this.busy };
    return this.#lifetime.isExpired(usage, unusedLifetimeMilliseconds);
  }

  /**
   * Writes the session's changes to a store; undefined if the session is not stored.
   *
   * @internal
   */
  get journal(): SessionJournal | undefined {
    return this.#journal;
  }

  /**
   * Decides when messages may be sent to clients; undefined if the session is not stored.
   *
   * @internal
   */
  get gate(): OutputGate | undefined {
    return this.#journal?.gate;
  }

  /**
   * Stores the session from now on. Must be called once, before {@linkcode Session.start}.
   *
   * @param createJournal Creates the journal, with what the session does for it.
   * @internal
   */
  storeTo(createJournal: (host: JournalHost) => SessionJournal): void {
    this.#journal = createJournal({
      sync: this.sync,
      clock: this.clock,
      whenFree: (fn) => void this.#transactions.startDetached({}, fn),
      onOpen: () => {
        for (const subscriber of this.subscribers) subscriber.gateOpened();
      },
      onUnavailable: (error) => {
        if (this.subscribers.size > 0) this.log.error("The session store is not available: {error}", { error });
        this.#closeConnections("store_unavailable");
      },
      onError: (error) => this.reportError(error),
    });
    this.broadcast.journal = this.#journal.recipient;
    this.#transactions.reportsAll = true;
  }

  /**
   * Starts to send the document's changes and to run its callbacks. Must be called once, when the
   * application has filled the document.
   */
  start(): void {
    this.#lifetime.startIdleTime();
    this.sync.onEvent((event) => this.#onDocumentEvent(event));
    this.sync.onBackgroundError = (error) => this.reportError(error);
    for (const callback of this.document.session_callbacks) this.#schedule(callback);
  }

  /**
   * Runs a function while it holds the document's lock. When the function and all callbacks that it
   * set off have ended, their changes are sent to all clients except those that caused them, and
   * the next transaction starts. Within a transaction of this session the function joins that
   * transaction.
   *
   * @throws {CallbackError} If a callback failed. Changes made before the error are sent all the
   * same.
   * @throws {Error} If the session was destroyed, or if waiting for the lock would be a deadlock,
   * because the work that holds it waits for the caller's transaction.
   */
  async transact<T>(options: TransactOptions, fn: () => T | Promise<T>): Promise<T> {
    return await this.transactNow(options, fn);
  }

  /**
   * The same as {@linkcode Session.transact}, but returns a promise only if the lock is held, or if
   * the function or a callback returns one.
   */
  transactNow<T>(options: TransactOptions, fn: () => T | Promise<T>): T | Promise<T> {
    return this.#transactions.run(options, fn);
  }

  /**
   * Subscribes a client to the document's changes.
   *
   * @internal
   */
  subscribe(subscriber: Subscriber): void {
    this.broadcast.subscribers.add(subscriber);
  }

  /**
   * Removes a client, and runs the document's callbacks for lost connections. The session's idle
   * time starts when its last client is removed.
   *
   * @internal
   */
  unsubscribe(subscriber: Subscriber): void {
    this.#broadcast?.remove(subscriber);
    this.sync.clientClosed(subscriber);
    this.#messages?.remove(subscriber);
    if (this.subscribers.size === 0) this.#lifetime.startIdleTime();
    if (this.destroyed || !this.sync.hasConnectionLostCallbacks) return;
    void this.#transactions.startDetached({}, () => this.sync.runConnectionLostCallbacks());
  }

  /**
   * Sends changes to the session's clients.
   *
   * @internal
   */
  get broadcast(): Broadcast {
    return this.#broadcast ??= new Broadcast({
      document: this.document,
      sync: this.sync,
      clock: this.clock,
      limits: this.#options.workLimits,
      convergenceWindowMilliseconds: this.#options.convergenceWindowMilliseconds,
      whenFree: (fn) => void this.#transactions.startDetached({}, fn),
      onSent: (events, connections) => this.observer({ type: "patchSent", events, connections }),
      onSendForClient: (bytes) => this.work.maySend(bytes),
    });
  }

  /**
   * Snapshots of the document, for clients that pull it.
   *
   * @internal
   */
  get snapshots(): SessionSnapshots {
    return this.#snapshots ??= new SessionSnapshots(this.sync, this.clock, this.#options.workLimits);
  }

  /**
   * Adds a client that has pushed the document. From now on it runs the document's callbacks and
   * receives the messages of the other clients: see {@linkcode MessageForwarder}.
   *
   * @internal
   */
  addDocumentOwner(client: Subscriber): void {
    (this.#messages ??= new MessageForwarder()).addOwner(client);
  }

  /**
   * Forwards the messages among a client's events that have been applied: see
   * {@linkcode MessageForwarder}.
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

  /** Lets the session expire as soon as no client is connected. */
  requestExpiration(): void {
    this.#lifetime.requestExpiration();
  }

  /** Keeps the session from expiring until the returned function is called or disposed of. */
  blockExpiration(): Disposable & (() => void) {
    return this.#lifetime.blockExpiration();
  }

  /** Destroys the session: {@linkcode Session.close}, then {@linkcode Session.destroyDocument}. */
  async destroy(reason: ProtocolErrorCode = "session_gone"): Promise<void> {
    await this.close(reason);
    await this.destroyDocument();
  }

  /**
   * Closes the connections, stops the timers, and waits until running and waiting transactions have
   * ended. New transactions are refused. Does nothing if the session was destroyed already.
   *
   * @param until Stops waiting when it is aborted. Without it the wait has no limit.
   */
  async close(reason: ProtocolErrorCode, until?: AbortSignal): Promise<void> {
    if (!this.#lifetime.markDestroyed(reason)) return;
    this.#closeConnections(reason);
    this.sync.endQuestions();
    this.#callbacks?.stop();
    this.observer({ type: "sessionDestroyed", livedMilliseconds: this.ageMilliseconds });
    await this.#transactions.close(until);
    this.#journal?.close();
    this.recorder?.ended();
  }

  /**
   * Stops timers, and waits until running and waiting transactions have ended. The connections stay
   * open.
   *
   * @param until Stops waiting when it is aborted.
   * @internal
   */
  async stopCallbacks(until: AbortSignal): Promise<void> {
    this.#callbacks?.stop();
    await this.#transactions.settled(until);
  }

  /**
   * Runs the `on_session_destroyed` callbacks and releases the document. Reports errors instead of
   * throwing them.
   */
  async destroyDocument(): Promise<void> {
    try {
      await this.sync.destroy(this.context);
    } catch (error) {
      this.reportError(error);
    }
  }

  /**
   * Releases the document of a session that goes on in another process.
   *
   * @internal
   */
  releaseDocument(): void {
    this.sync.release();
  }

  /**
   * Reports an error of the application to the log, with its stack, and to the observer. Clients
   * never receive it.
   */
  reportError(error: unknown, reference?: string): void {
    this.#reporter.callbackFailed(error, reference);
  }

  /** Reports an error of the server's own code, which no application can have caused. */
  reportInternalError(error: unknown): void {
    this.#reporter.internalError(error);
  }

  #onDocumentEvent(event: DocumentEvent): void {
    if (event.kind === "SessionCallbackAdded") this.#schedule(event.callback);
    else if (event.kind === "SessionCallbackRemoved") this.#callbacks?.remove(event.callback);
    else this.#transactions.addEvent(event);
  }

  #schedule(callback: SessionCallback): void {
    this.#callbacks ??= new CallbackRunner({
      clock: this.clock,
      trace: this.trace,
      lifetime: this.#lifetime,
      transactions: this.#transactions,
    });
    this.#callbacks.add(callback);
  }

  /**
   * Receives the changes of each transaction and sends them to the clients. If that fails, closes
   * all connections: some clients have missed changes, and pull the document when they connect
   * again.
   */
  #send(events: readonly DocumentPatchedEvent[], byClient: boolean): void {
    this.#record(events, byClient);
    this.recorder?.changed(events);
    if (events.length === 0) return;
    if (this.subscribers.size === 0) return this.sync.sweep(); // encoding, which sweeps too, does not happen
    try {
      this.#broadcast?.send(events);
    } catch (error) {
      this.reportInternalError(error);
      this.#closeConnections("internal");
    }
  }

  /**
   * Adds changes to the journal. If that fails, stores the whole document instead, so that no
   * change is missing.
   */
  #record(events: readonly DocumentPatchedEvent[], byClient: boolean): void {
    if (this.#journal === undefined) return;
    try {
      const bytes = this.#journal.record(events, byClient, [...this.subscribers]);
      if (byClient) this.work.maySend(bytes); // the store is one more recipient of the message
    } catch (error) {
      this.reportInternalError(error);
      this.#journal.replaced();
    }
  }

  #closeConnections(reason: ProtocolErrorCode): void {
    for (const subscriber of [...this.subscribers]) subscriber.close(reason);
  }

  #destroyOverworked(): void {
    if (this.#options.destroyOverworked !== undefined) this.#options.destroyOverworked();
    else void this.destroy("too_much_work");
  }
}
