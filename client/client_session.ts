/**
 * Sessions of clients: a document in this program and the server's document, kept equal.
 *
 * @module
 */

import { type Clock, systemClock } from "../common/clock.ts";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { PendingTasks } from "../common/pending_tasks.ts";
import { settlesWithin } from "../common/settles_within.ts";
import { throwAll } from "../common/throw_all.ts";
import { currentScope } from "../document/callbacks/callback_scope.ts";
import { currentDocument } from "../document/curdoc.ts";
import { applyDifference, type ReceivedDocument } from "../document/difference.ts";
import type { Document } from "../document/document.ts";
import { createDocument, type DocumentSync, syncOf } from "../document/document_sync.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "../document/events/events.ts";
import type { MessageOf } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { CallbackScheduler } from "../session/transactions/callback_scheduler.ts";
import { backOff, type ReconnectOptions } from "./back_off.ts";
import { ClientConnection } from "./client_connection.ts";
import { ClientError } from "./client_error.ts";
import type { Transport } from "./transport.ts";

/** Settings of a client's session. */
export interface ClientSessionSettings {
  /**
   * How the session reconnects after it has lost its connection; false if it does not.
   *
   * @default {{}}
   */
  reconnect?: false | ReconnectOptions | undefined;
  /** Called after each reconnection, when both documents are equal again. */
  onReconnect?: ((session: ClientSession) => void) | undefined;
  /**
   * Receives errors: of changes that the server rejected, of patches that could not be applied, and
   * of callbacks of the document. By default {@linkcode ClientSession.flushed} throws them, or else
   * {@linkcode ClientSession.close}.
   */
  onError?: ((error: unknown) => void) | undefined;
  /** Closes the session when it is aborted. */
  signal?: AbortSignal | undefined;
  /**
   * Maximum size in bytes of a frame of the server, and of all binary data of a message together.
   *
   * @default {20 * 1024 * 1024}
   */
  maxMessageBytes?: number | undefined;
  /**
   * Size in bytes below which an array is sent within the JSON of a message. Larger arrays have two
   * frames of their own. At most 65,536; 0 sends all arrays in frames of their own.
   *
   * @default {10_240}
   */
  inlineArrayBytes?: number | undefined;
}

/** Versions of a server. */
export interface ServerInfo {
  /** Version of Bokeh whose protocol the server implements, as `3.10.0`. */
  readonly bokeh: string;
  /** Version of the server. Python's server states Bokeh's here too. */
  readonly server: string;
}

/** Options of {@linkcode ClientSession}. */
export interface ClientSessionOptions extends ClientSessionSettings {
  /** Id of the session on the server. */
  id: string;
  /** Document of this program. */
  document: Document;
  /** Opens channels to the server. */
  transport: Transport;
  /**
   * Clock of the attempts to reconnect and of the document's callbacks.
   *
   * @default The clock of the system.
   */
  clock?: Clock | undefined;
  /**
   * Whether the session pulls the whole document when it cannot apply a patch. Python's server may
   * send patches that refer to models which the client has never received. With false such a patch
   * is an error, as in BokehJS.
   *
   * @default {true}
   */
  pullsAfterWrongPatch?: boolean | undefined;
  /** Called with the events of each patch. */
  onPatch?: ((direction: "sent" | "received", events: PatchEvent[]) => void) | undefined;
}

/** Prefix of the ids that this process gives to models. */
const ID_PREFIX = `c${crypto.randomUUID().slice(0, 8)}-`;
let lastId = 0;

/**
 * Creates an empty document for a client to pull into. Models that the client creates get other ids
 * than those of the server and of other clients.
 */
export function clientDocument(): Document {
  return createDocument({ allocateId: () => `${ID_PREFIX}${++lastId}` });
}

/**
 * A session of a server, from the side of a client. Created by `pullSession` and `pushSession`.
 *
 * Changes of the document are sent in a microtask: those made without an `await` between them form
 * one patch. Without a connection they are kept and sent after the reconnection.
 */
export class ClientSession {
  /** Id of the session on the server. */
  readonly id: string;
  /** URL of the websocket. */
  readonly url: string;
  /**
   * The document. Its changes are sent to the server, and the server's changes are applied to it.
   */
  readonly document: Document;
  readonly #options: ClientSessionOptions;
  readonly #clock: Clock;
  readonly #callbacks: CallbackScheduler;
  /** Requests that the server has not answered. */
  readonly #requests = new PendingTasks((error) => this.#fail(error));
  /** Callbacks of the document that are still running. */
  readonly #callbackTasks = new PendingTasks((error) => this.#fail(error));
  /** Errors that no method has thrown yet. */
  #failures: unknown[] = [];
  readonly #closed = Promise.withResolvers<void>();
  readonly #stopListening: () => void;
  /** Stands for the server as the source of changes. */
  readonly #server: object = {};
  readonly #sync: DocumentSync;
  #connection: ClientConnection | undefined;
  /** Changes that have not been sent. */
  #events: DocumentPatchedEvent[] = [];
  /** Changes that have been sent, by patch, for which the server has not replied. */
  readonly #unanswered = new Set<readonly DocumentPatchedEvent[]>();
  /** Settles when changes that wait for a connection have been sent or dropped. */
  #waiting: PromiseWithResolvers<void> | undefined;
  #isFlushScheduled = false;
  /** How the documents were made equal first; undefined before that. */
  #synchronized: "pull" | "push" | undefined;
  #closing: Promise<void> | undefined;

  /** Creates a session that is not connected. Prefer `pullSession` or `pushSession`. */
  constructor(options: ClientSessionOptions) {
    this.id = options.id;
    this.url = options.transport.url;
    this.document = options.document;
    this.#sync = syncOf(options.document);
    this.#sync.acceptsDefinitions = true;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#callbacks = new CallbackScheduler({
      clock: this.#clock,
      run: (callback) => this.#runCallback(callback.callback),
    });
    this.#stopListening = this.#sync.onEvent((event) => this.#onDocumentEvent(event));
    for (const callback of this.document.session_callbacks) this.#callbacks.add(callback);
    // reading `closed` is optional: without a reader its rejection would end the program
    this.#closed.promise.catch(() => {});
    options.signal?.addEventListener("abort", this.#onAbort);
  }

  /** Whether the session is connected. */
  get connected(): boolean {
    return this.#connection !== undefined;
  }

  /**
   * Settles when the session has ended: resolves if this program has closed it, and rejects with
   * the reason if the connection was lost and could not be restored.
   */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /**
   * Connects to the server, unless the session is connected.
   *
   * @throws {ClientError} With the code `unreachable`, `refused` or `closed`.
   */
  async connect(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (this.#closing !== undefined) throw closedError(this.url);
    const closed = this.#closed.promise.then(() => {
      throw closedError(this.url);
    });
    this.#connection ??= await Promise.race([this.#open(), closed]);
  }

  /**
   * Replaces the content of the document by the server's. Models that both documents have remain
   * the same objects, with their callbacks.
   *
   * @throws {ClientError} With the code `lost` or `closed` if the session is not connected.
   */
  async pull(): Promise<void> {
    this.#flush();
    await this.#pullBy(this.#requireConnection());
  }

  /**
   * Replaces the server's document by this one.
   *
   * @throws {ClientError} With the code `lost` or `closed` if the session is not connected, and
   * `rejected` if the server rejects the document.
   */
  async push(): Promise<void> {
    await this.#pushBy(this.#requireConnection());
  }

  /**
   * Waits until the server has replied to all changes so far. Everything that the server sent
   * before its replies has been applied then. Also waits for callbacks of the document, unless one
   * of them calls this method: it would wait for itself.
   *
   * @throws {ClientError} With the code `rejected` if the server could not apply a change or a
   * callback of the application failed, and `lost` if the connection has ended. An error is thrown
   * once.
   * @throws {AggregateError} If there are several errors.
   */
  async flushed(): Promise<void> {
    this.#flush();
    await this.#settled();
    this.#throwFailures();
  }

  /**
   * Sends a request after all changes, and waits for the reply. Everything that either side has
   * sent before has been applied then, also changes of the server that have nothing to do with
   * those of this client.
   *
   * @throws As {@linkcode ClientSession.flushed}.
   */
  async forceRoundtrip(): Promise<void> {
    this.#flush();
    await this.requestServerInfo();
    await this.flushed();
  }

  /**
   * Requests the versions of Bokeh and of the server.
   *
   * @throws {ClientError} With the code `lost` or `closed` if the session is not connected.
   */
  requestServerInfo(): Promise<ServerInfo> {
    return this.#requireConnection().request("SERVER-INFO-REQ", {
      content: {},
      accept: ({ content }) => content.version_info,
    });
  }

  /**
   * Sends the latest changes, waits for the server's reply, and closes the connection. The document
   * keeps its content. A second call has no effect.
   *
   * @throws The errors that no other method has thrown, unless the session has the option
   * `onError`.
   */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** Calls {@linkcode ClientSession.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  readonly #onAbort = () => {
    this.#closing ??= this.#end().then(() => this.#connection?.close());
    this.#closing.catch(() => {});
  };

  async #open(): Promise<ClientConnection> {
    const connection = await ClientConnection.open(this.#options.transport, {
      onPatch: (message) => this.#apply(message),
      onClosed: (error) => this.#onConnectionLost(error),
      maxMessageBytes: this.#options.maxMessageBytes,
    });
    if (this.#closing === undefined) return connection;
    await connection.close();
    throw closedError(this.url);
  }

  #requireConnection(): ClientConnection {
    if (this.#connection !== undefined) return this.#connection;
    if (this.#closing !== undefined) throw closedError(this.url);
    throw new ClientError(`Cannot send to ${this.url}: the session is not connected`, "lost");
  }

  #pullBy(connection: ClientConnection): Promise<void> {
    return connection.request("PULL-DOC-REQ", {
      content: {},
      accept: ({ content: { doc }, buffers }) => {
        if (this.#synchronized === undefined) this.#sync.replaceWith(doc, buffers, this.#server);
        else this.#refresh({ doc, buffers });
        this.#synchronized ??= "pull";
        this.#callbackTasks.add(this.#sync.settled());
      },
    });
  }

  /**
   * Makes the document equal to the server's, and then repeats the changes that the server had not
   * received when it wrote its document.
   */
  #refresh(received: ReceivedDocument): void {
    const unsent = this.#events;
    this.#events = [];
    applyDifference(this.#sync, received, this.#server);
    // removes models that only unsent changes refer to from the document, so that they are sent in
    // full again
    void this.document.models;
    for (const events of this.#unanswered) this.#replay(events, this.#server);
    this.#replay(unsent);
  }

  #replay(events: readonly DocumentPatchedEvent[], changeSource?: object): void {
    for (const event of events) {
      if (event.changeSource === this.#server) continue;
      try {
        this.#sync.replay(event, changeSource);
      } catch (cause) {
        this.#fail(new ClientError(`Cannot repeat a change after reconnecting to ${this.url}`, "lost", { cause }));
      }
    }
  }

  get #inlineBytes(): number {
    return this.#options.inlineArrayBytes ?? DEFAULT_LIMITS.inlineArrayBytes;
  }

  #pushBy(connection: ClientConnection): Promise<void> {
    const { doc, buffers } = this.#sync.snapshot({ inlineBytes: this.#inlineBytes });
    this.#sync.noteSnapshot(this.#server);
    // the snapshot contains all changes of models, but no messages of the application
    const isFirst = this.#synchronized === undefined;
    this.#events = isFirst ? [] : this.#events.filter(({ kind }) => kind === "MessageSent");
    this.#synchronized = "push";
    return connection.request("PUSH-DOC", { content: { doc }, buffers, accept: () => {} });
  }

  #onDocumentEvent(event: DocumentEvent): void {
    if (event.kind === "SessionCallbackAdded") return this.#callbacks.add(event.callback);
    if (event.kind === "SessionCallbackRemoved") return this.#callbacks.remove(event.callback);
    this.#events.push(event);
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushScheduled = false;
    if (this.#synchronized !== undefined && this.#connection === undefined) return this.#keepChanges();
    const events = this.#events;
    this.#events = [];
    // before the first pull or push, the server has no document that the changes could apply to
    if (events.length === 0 || this.#synchronized === undefined) return;
    if (!this.#sync.isSettled) this.#callbackTasks.add(this.#sync.settled());
    const { events: content, buffers, models } = this.#sync.encode(events, {
      clients: [this.#server],
      for: this.#server,
      isServer: true,
      inlineBytes: this.#inlineBytes,
    });
    if (content.length === 0) return;
    this.#options.onPatch?.("sent", content);
    const request = { content: { events: content }, buffers, accept: () => {} };
    this.#unanswered.add(events);
    const answered = this.#connection!.request("PATCH-DOC", request);
    this.#requests.add(answered.finally(() => this.#unanswered.delete(events)));
    this.#sync.noteSent(models, [this.#server]);
  }

  #apply({ content: { events }, buffers }: MessageOf<"PATCH-DOC">): void {
    // the patch may replace values of changes that have not been sent
    this.#flush();
    this.#options.onPatch?.("received", events);
    try {
      this.#sync.applyPatch(events, buffers, this.#server);
    } catch (error) {
      if (this.#options.pullsAfterWrongPatch === false) this.#fail(error);
      // see pullsAfterWrongPatch
      else if (this.#connection !== undefined) this.#requests.add(this.#pullBy(this.#connection));
    }
    if (!this.#sync.isSettled) this.#callbackTasks.add(this.#sync.settled());
  }

  async #runCallback(callback: () => unknown): Promise<void> {
    try {
      await callback();
    } catch (error) {
      this.#fail(error);
    }
  }

  #onConnectionLost(error: ClientError): void {
    this.#connection = undefined;
    if (this.#closing !== undefined) return;
    if (this.#options.reconnect === false || error.code !== "lost") void this.#end(error);
    else void this.#reconnect(this.#options.reconnect ?? {}, error);
  }

  async #reconnect(options: ReconnectOptions, reason: ClientError): Promise<void> {
    let last: unknown = reason;
    for (const milliseconds of backOff(options)) {
      await this.#pause(milliseconds);
      if (this.#closing !== undefined) return;
      try {
        const connection = await this.#open();
        await (this.#synchronized === "push" ? this.#pushBy(connection) : this.#pullBy(connection));
        this.#connection = connection;
        this.#flush();
        this.#waiting?.resolve();
        this.#waiting = undefined;
        return this.#options.onReconnect?.(this);
      } catch (error) {
        last = error;
        if (error instanceof ClientError && error.code === "refused") break;
      }
    }
    if (this.#closing === undefined) await this.#end(last);
  }

  /** Waits for a time, or until the session is closed. */
  async #pause(milliseconds: number): Promise<void> {
    await settlesWithin(this.#closed.promise.catch(() => {}), milliseconds, this.#clock);
  }

  async #close(): Promise<void> {
    this.#flush();
    if (this.#connection === undefined) this.#dropChanges();
    await this.#settled();
    const connection = this.#connection;
    await this.#end();
    await connection?.close();
    if (this.#options.onError === undefined) this.#throwFailures();
  }

  /** Keeps changes until the session is connected again: {@linkcode flushed} waits for that. */
  #keepChanges(): void {
    if (this.#events.every((event) => event.changeSource === this.#server)) return;
    if (this.#waiting === undefined) {
      this.#waiting = Promise.withResolvers();
      this.#requests.add(this.#waiting.promise);
    }
    if (this.#closing !== undefined) this.#dropChanges();
  }

  /** Drops the changes that wait for a connection, and reports them as lost. */
  #dropChanges(): void {
    this.#waiting?.reject(new ClientError(`Cannot send a change to ${this.url}: the connection was lost`, "lost"));
    this.#waiting = undefined;
    this.#events = [];
  }

  /**
   * Waits for the server's replies, and for the document's callbacks unless the caller is one of
   * them.
   */
  async #settled(): Promise<void> {
    const isCallback = currentDocument() === this.document && currentScope() !== undefined;
    if (isCallback) return await this.#requests.settled();
    while (this.#requests.size + this.#callbackTasks.size > 0) {
      await Promise.all([this.#requests.settled(), this.#callbackTasks.settled()]);
    }
  }

  #fail(error: unknown): void {
    this.#failures.push(error);
    this.#options.onError?.(error);
  }

  /** Throws the errors that occurred since the last call. */
  #throwFailures(): void {
    const failures = this.#failures;
    this.#failures = [];
    throwAll(failures, "changes");
  }

  #end(reason?: unknown): Promise<void> {
    this.#closing ??= Promise.resolve();
    this.#dropChanges();
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#stopListening();
    this.#callbacks.stop();
    if (reason === undefined) this.#closed.resolve();
    else this.#closed.reject(reason);
    return Promise.resolve();
  }
}

function closedError(url: string): ClientError {
  return new ClientError(`Cannot use the session at ${url}: it is closed`, "closed");
}
