/**
 * A document here and its twin on a server, kept equal.
 *
 * @module
 */

import { throwAll } from "../common/throw_all.ts";
import { settlesWithin } from "../common/settles_within.ts";
import { PendingTasks } from "../common/pending_tasks.ts";
import { currentDocument, currentScope } from "../document/callbacks/current.ts";
import type { Document } from "../document/document.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "../document/events/events.ts";
import type { MessageOf } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { CallbackScheduler } from "../session/transactions/callback_scheduler.ts";
import { type Clock, systemClock } from "../common/clock.ts";
import { backOff, type ReconnectOptions } from "./back_off.ts";
import { ClientConnection } from "./client_connection.ts";
import { ClientError } from "./client_error.ts";
import { applyDifference, type ReceivedDocument } from "../document/difference.ts";
import type { Transport } from "./transport.ts";

/** What may be said of every session of a client. */
export interface ClientSessionSettings {
  /**
   * How a lost connection is opened again; false for not at all.
   *
   * @default {{}}
   */
  reconnect?: false | ReconnectOptions | undefined;
  /** Called when a lost connection is there again, and the document holds what the server's does. */
  onReconnect?: ((session: ClientSession) => void) | undefined;
  /**
   * Hears of changes that the server rejected, of patches that could not be applied, and of callbacks of the document
   * that failed. Where it is absent, {@linkcode ClientSession.flushed} or else {@linkcode ClientSession.close} throws them.
   */
  onError?: ((error: unknown) => void) | undefined;
  /** Closes the session when it is aborted. */
  signal?: AbortSignal | undefined;
  /**
   * Most bytes of a frame that the server may send, and of all binary data of a message together.
   *
   * @default {20 * 1024 * 1024}
   */
  maxMessageBytes?: number | undefined;
}

/** What a server tells of itself. */
export interface ServerInfo {
  /** Version of Bokeh whose protocol it speaks. */
  readonly bokeh: string;
  /** Version of the server. */
  readonly server: string;
}

/** Options of {@linkcode ClientSession}. */
export interface ClientSessionOptions extends ClientSessionSettings {
  /** Id of the session on the server. */
  id: string;
  /** The document on this side. */
  document: Document;
  /** The way to the server. */
  transport: Transport;
  /** Where the session has its time from. */
  clock?: Clock | undefined;
  /**
   * Whether the whole document is pulled when a patch of the server cannot be applied, as Python's server may send one that names
   * models which the client was never sent. Otherwise that is an error, as in BokehJS.
   *
   * @default {true}
   */
  pullsAfterWrongPatch?: boolean | undefined;
  /** Hears of each patch, on either way. */
  onPatch?: ((direction: "sent" | "received", events: PatchEvent[]) => void) | undefined;
}

/** A session on a server, seen from a client. Make one with `pullSession` or `pushSession`. */
export class ClientSession {
  /** Id of the session on the server. */
  readonly id: string;
  /** Address of its websocket. */
  readonly url: string;
  /** The document: what is changed here changes there, and the other way round. */
  readonly document: Document;
  readonly #options: ClientSessionOptions;
  readonly #clock: Clock;
  readonly #callbacks: CallbackScheduler;
  /** Requests that the server has not answered. */
  readonly #requests = new PendingTasks((error) => this.#fail(error));
  /** Callbacks of the document that are still running. */
  readonly #callbackTasks = new PendingTasks((error) => this.#fail(error));
  /** Errors that were not thrown to the caller yet. */
  #failures: unknown[] = [];
  readonly #closed = Promise.withResolvers<void>();
  readonly #stopListening: () => void;
  /** The server, as the source of changes. */
  readonly #server: object = {};
  #connection: ClientConnection | undefined;
  /** Changes that were not sent yet. Without a connection they wait for the next one. */
  #events: DocumentPatchedEvent[] = [];
  /** Changes that were sent, and that the server has not answered. */
  readonly #unanswered = new Set<readonly DocumentPatchedEvent[]>();
  /** Settles when changes that wait for a connection are sent, or given up. */
  #waiting: PromiseWithResolvers<void> | undefined;
  #isFlushDue = false;
  #synchronized: "pull" | "push" | undefined;
  #closing: Promise<void> | undefined;

  /** Makes a session that is not connected. */
  constructor(options: ClientSessionOptions) {
    this.id = options.id;
    this.url = options.transport.url;
    this.document = options.document;
    this.document.acceptsDefinitions = true;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#callbacks = new CallbackScheduler({ clock: this.#clock, run: (callback) => this.#run(callback.callback) });
    this.#stopListening = this.document.onEvent((event) => this.#hear(event));
    for (const callback of this.document.session_callbacks) this.#callbacks.add(callback);
    this.#closed.promise.catch(() => {}); // who does not ask need not know
    options.signal?.addEventListener("abort", this.#onAbort);
  }

  /** Whether there is a connection now. */
  get connected(): boolean {
    return this.#connection !== undefined;
  }

  /** Resolves when the session has been closed on this side; rejects with the reason when the server was lost for good. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /**
   * Opens the connection where there is none.
   *
   * @throws {ClientError} `unreachable` or `refused`.
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
   * Takes over the document that the server has. Models that this side has already stay the same objects.
   *
   * @throws {ClientError} Where there is no connection.
   */
  async pull(): Promise<void> {
    this.#flush();
    await this.#pullBy(this.#requireConnection());
  }

  /**
   * Gives the server the document of this side in place of its own.
   *
   * @throws {ClientError} Where there is no connection, or the server rejects the document.
   */
  async push(): Promise<void> {
    await this.#pushBy(this.#requireConnection());
  }

  /**
   * Waits until the server has taken in all changes that were made so far, and until what it sent before that is here.
   * Waits for callbacks of the document too, unless a callback of the document calls it: that would wait for itself.
   *
   * @throws {ClientError} `rejected` where the server could not do one of them, `lost` where the connection ended; an
   * AggregateError where there is more than one. Each is thrown once.
   */
  async flushed(): Promise<void> {
    this.#flush();
    await this.#settled();
    this.#throwFailures();
  }

  /** Sends a message that the server answers last of all: when it resolves, everything before it has crossed. */
  async forceRoundtrip(): Promise<void> {
    this.#flush();
    await this.requestServerInfo();
    await this.flushed();
  }

  /** Asks for the versions of Bokeh and of the server. */
  requestServerInfo(): Promise<ServerInfo> {
    return this.#requireConnection().request("SERVER-INFO-REQ", {
      content: {},
      accept: ({ content }) => content.version_info,
    });
  }

  /**
   * Sends what is still to be sent, waits until the server has taken it in, and closes the connection. The document stays,
   * for itself. Does nothing the second time.
   *
   * @throws What went wrong and was not told before.
   */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** As {@linkcode ClientSession.close}. */
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
      onClosed: (error) => this.#lost(error),
      maxMessageBytes: this.#options.maxMessageBytes,
    });
    if (this.#closing === undefined) return connection;
    await connection.close();
    throw closedError(this.url);
  }

  #requireConnection(): ClientConnection {
    if (this.#connection !== undefined) return this.#connection;
    if (this.#closing !== undefined) throw closedError(this.url);
    throw new ClientError(`Cannot send to ${this.url}: there is no connection`, "lost");
  }

  #pullBy(connection: ClientConnection): Promise<void> {
    return connection.request("PULL-DOC-REQ", {
      content: {},
      accept: ({ content: { doc }, buffers }) => {
        if (this.#synchronized === undefined) this.document.replaceWith(doc, buffers, this.#server);
        else this.#refresh({ doc, buffers });
        this.#synchronized ??= "pull";
        this.#callbackTasks.add(this.document.settled());
      },
    });
  }

  /** Takes over the document of the server, and makes the changes again that the server had not received when it wrote that. */
  #refresh(received: ReceivedDocument): void {
    const unsent = this.#events;
    this.#events = [];
    applyDifference(this.document, received, this.#server);
    this.document.models; // what only changes of this side refer to has left: it is sent in full again
    for (const events of this.#unanswered) this.#replay(events, this.#server);
    this.#replay(unsent);
  }

  #replay(events: readonly DocumentPatchedEvent[], changeSource?: object): void {
    for (const event of events) {
      if (event.changeSource === this.#server) continue;
      try {
        this.document.replay(event, changeSource);
      } catch (cause) {
        this.#fail(new ClientError(`Cannot make a change again at ${this.url}`, "lost", { cause }));
      }
    }
  }

  #pushBy(connection: ClientConnection): Promise<void> {
    const { doc, buffers } = this.document.snapshot({ deferred: true });
    this.document.noteSnapshot(this.#server);
    // the document holds all changes, and no messages
    const isFirst = this.#synchronized === undefined;
    this.#events = isFirst ? [] : this.#events.filter(({ kind }) => kind === "MessageSent");
    this.#synchronized = "push";
    return connection.request("PUSH-DOC", { content: { doc }, buffers, accept: () => {} });
  }

  #hear(event: DocumentEvent): void {
    if (event.kind === "SessionCallbackAdded") return this.#callbacks.add(event.callback);
    if (event.kind === "SessionCallbackRemoved") return this.#callbacks.remove(event.callback);
    this.#events.push(event);
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushDue = false;
    if (this.#synchronized !== undefined && this.#connection === undefined) return this.#wait();
    const events = this.#events;
    this.#events = [];
    // before there was a first document on either side, there is nothing to tell
    if (events.length === 0 || this.#synchronized === undefined) return;
    if (!this.document.isSettled) this.#callbackTasks.add(this.document.settled());
    const { events: content, buffers, models } = this.document.encode(events, {
      clients: [this.#server],
      for: this.#server,
      isServer: true,
    });
    if (content.length === 0) return;
    this.#options.onPatch?.("sent", content);
    const request = { content: { events: content }, buffers, accept: () => {} };
    this.#unanswered.add(events);
    const answered = this.#connection!.request("PATCH-DOC", request);
    this.#requests.add(answered.finally(() => this.#unanswered.delete(events)));
    this.document.noteSent(models, [this.#server]);
  }

  #apply({ content: { events }, buffers }: MessageOf<"PATCH-DOC">): void {
    this.#flush(); // what was changed here before must be written as it was then
    this.#options.onPatch?.("received", events);
    try {
      this.document.applyPatch(events, buffers, this.#server);
    } catch (error) {
      if (this.#options.pullsAfterWrongPatch === false) this.#fail(error);
      // Python's server names models to clients that it has not sent them: the whole document has them
      else if (this.#connection !== undefined) this.#requests.add(this.#pullBy(this.#connection));
    }
    if (!this.document.isSettled) this.#callbackTasks.add(this.document.settled());
  }

  async #run(callback: () => unknown): Promise<void> {
    try {
      await callback();
    } catch (error) {
      this.#fail(error);
    }
  }

  #lost(error: ClientError): void {
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

  // ends early when the session is closed meanwhile
  async #pause(milliseconds: number): Promise<void> {
    await settlesWithin(this.#closed.promise.catch(() => {}), milliseconds, this.#clock);
  }

  async #close(): Promise<void> {
    this.#flush();
    if (this.#connection === undefined) this.#giveUp();
    await this.#settled();
    const connection = this.#connection;
    await this.#end();
    await connection?.close();
    if (this.#options.onError === undefined) this.#throwFailures();
  }

  /** Keeps changes until there is a connection: {@linkcode flushed} waits for them. */
  #wait(): void {
    if (this.#events.every((event) => event.changeSource === this.#server)) return;
    if (this.#waiting === undefined) {
      this.#waiting = Promise.withResolvers();
      this.#requests.add(this.#waiting.promise);
    }
    if (this.#closing !== undefined) this.#giveUp();
  }

  /** Reports changes that will not be sent any more. */
  #giveUp(): void {
    this.#waiting?.reject(new ClientError(`Cannot send a change to ${this.url}: no connection`, "lost"));
    this.#waiting = undefined;
    this.#events = [];
  }

  /** Waits for the server's answers, and for callbacks of the document, of which the running code is no part. */
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
    this.#giveUp();
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#stopListening();
    this.#callbacks.stop();
    if (reason === undefined) this.#closed.resolve();
    else this.#closed.reject(reason);
    return Promise.resolve();
  }
}

function closedError(url: string): ClientError {
  return new ClientError(`Cannot use the session at ${url}: it was closed`, "closed");
}
