/**
 * The internal API of a document: what sessions and clients use to synchronize it with the other
 * side.
 *
 * @module
 */

import type { ChangeSource } from "../models/base/host.ts";
import type { Model } from "../models/base/model.ts";
import type { BokehEvent } from "../models/events.ts";
import type { DocJson } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { type CallbackScope, runInScope } from "./callbacks/callback_scope.ts";
import { throwAll } from "../common/throw_all.ts";
import { Document, type DocumentOptions, type SessionContext, stateOf } from "./document.ts";
import type { DocumentHost } from "./document_host.ts";
import type { DocumentState, DocumentStateOptions } from "./document_state.ts";
import type { EventSubscriber } from "./events/event_hub.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "./events/events.ts";
import type { SnapshotMark } from "./models/model_set.ts";
import { isPageMessage } from "./page/page_message.ts";
import { applyPatch, replaceDocument, replaceJsCallbacks } from "./patches/apply_patch.ts";
import { patchError } from "./patches/patch_error.ts";
import type { RetainedEntry } from "./patches/retained_bytes.ts";
import { replayEvent } from "./patches/replay_events.ts";
import type { Theme } from "./themes/theme.ts";
import { type Audience, type EncodedEvents, encodeEvents } from "./wire/encode_events.ts";
import type { BinaryForm, Snapshot } from "./wire/write_document.ts";

/** Options of {@linkcode createDocument}. */
export type InternalDocumentOptions = DocumentOptions & Partial<Omit<DocumentStateOptions, "document">>;

/** Creates a document with options that are not part of the API for authors, such as limits. */
export function createDocument(options: InternalDocumentOptions): Document {
  return new Document(options);
}

/** Returns the internal API of a document. */
export function syncOf(document: Document): DocumentSync {
  return new DocumentSync(document);
}

/**
 * Applies the changes of the other side to a document, and reports, encodes and writes its own
 * changes. It has no state of its own, so that any number of them may exist for one document.
 */
export class DocumentSync {
  /** The document that authors hold. */
  readonly document: Document;
  readonly #state: DocumentState;

  /** @param document The document to synchronize. */
  constructor(document: Document) {
    this.document = document;
    this.#state = stateOf(document);
  }

  /** Version of the BokehJS that shows the document. */
  get bokehVersion(): string {
    return this.#state.bokehVersion;
  }

  /** Bytes that the document keeps because of its clients, 0 if they are not limited. */
  get retainedBytes(): number {
    return this.#state.retained?.total ?? 0;
  }

  /** The account of {@linkcode retainedBytes}, in the form in which a session store keeps it. */
  get retainedEntries(): RetainedEntry[] {
    return this.#state.retained?.export() ?? [];
  }

  /** Returns what has changed in {@linkcode retainedEntries} since the last call. The first call returns nothing. */
  takeRetainedChanges(): RetainedEntry[] {
    return this.#state.retained?.takeChanges() ?? [];
  }

  /** Restores the account of an earlier document, so that its clients do not receive their allowance anew. */
  restoreRetained(entries: readonly RetainedEntry[]): void {
    this.#state.retained?.import(
      entries,
      (id) => id === "" ? this.#state : this.document.get_model_by_id(id) ?? undefined,
    );
  }

  /** Whether {@linkcode destroy} or {@linkcode release} was called. */
  get destroyed(): boolean {
    return this.#state.destroyed;
  }

  /**
   * Sets what receives the errors of callbacks that do not belong to a transaction. Without it,
   * {@linkcode settled} throws them.
   */
  set onBackgroundError(handler: (error: unknown) => void) {
    this.#state.invoker.onBackgroundError = handler;
  }

  /** Sets what runs tasks and sends changes for the document. */
  set host(host: DocumentHost) {
    this.#state.host = host;
  }

  /**
   * Sets whether patches may define model classes. The patches of a server may, those of a client
   * may not.
   *
   * @default {false}
   */
  set acceptsDefinitions(accepts: boolean) {
    this.#state.acceptsDefinitions = accepts;
  }

  /**
   * Sets whether a patch that refers to a removed model is ignored, because its sender could not
   * know. Otherwise it is an error, as in BokehJS.
   *
   * @default {true}
   */
  set ignoresLateReferences(ignores: boolean) {
    this.#state.ignoresLateReferences = ignores;
  }

  /** Reports input from a client that was ignored or refused. */
  warn(message: string): void {
    this.#state.warn(message);
  }

  /**
   * Adds a subscriber, which receives each event in order, before any callback runs.
   *
   * @returns A function that removes the subscriber.
   */
  onEvent(subscriber: EventSubscriber): () => void {
    return this.#state.events.subscribe(subscriber);
  }

  /** Sends an event to the other side. */
  sendEvent(event: BokehEvent): void {
    this.#state.sendEvent(event);
  }

  /**
   * Runs a function, and everything it starts, with the document as the one that `curdoc()`
   * returns.
   */
  runAs<T>(fn: () => T): T {
    return this.#state.invoker.runAs(fn);
  }

  /** Whether {@linkcode settled} would resolve immediately. */
  get isSettled(): boolean {
    return this.#state.invoker.isSettled;
  }

  /**
   * Waits for the callbacks that run outside of transactions. Rejects with the errors since the
   * last call.
   */
  settled(): Promise<void> {
    return this.#state.invoker.settled();
  }

  /** Ends the hold that a transaction started, if it is still in force. */
  endHoldOf(transaction: CallbackScope): void {
    this.#state.events.endHoldOf(transaction);
  }

  /** Whether a callback for `ConnectionLost` was added. */
  get hasConnectionLostCallbacks(): boolean {
    return this.#state.hasConnectionLostCallbacks;
  }

  /** Runs the callbacks for `ConnectionLost`, which no browser can send. */
  runConnectionLostCallbacks(): void {
    this.#state.callbacks.runConnectionLostCallbacks();
  }

  /**
   * Calls a function during which another theme is in force, without events. The function must not
   * change the document.
   */
  withTheme<T>(theme: Theme | null, fn: () => T): T {
    return this.#state.withTheme(theme, fn);
  }

  /**
   * Applies a patch from the other side: all of it or nothing. An error in a callback does not undo
   * or stop anything: the transaction, or else {@linkcode settled}, throws it.
   *
   * @param events The events of the patch.
   * @param buffers The binary data of the patch, by id.
   * @param changeSource The client that sent the patch. It does not become the source of changes
   * that callbacks make.
   * @throws {PatchError} If anything in the patch is invalid or exceeds a limit.
   */
  applyPatch(
    events: readonly PatchEvent[],
    buffers?: ReadonlyMap<string, Uint8Array>,
    changeSource?: ChangeSource,
  ): void {
    applyPatch(this.#state, events, buffers, changeSource);
  }

  /**
   * Replaces title, configuration and roots with those of another document.
   *
   * @param json The other document.
   * @param buffers Its binary data, by id.
   * @param changeSource The client that sent it, if any.
   * @throws {PatchError} If anything in the document is invalid or exceeds a limit. Then nothing is
   * replaced.
   */
  replaceWith(json: DocJson, buffers?: ReadonlyMap<string, Uint8Array>, changeSource?: ChangeSource): void {
    replaceDocument(this.#state, json, buffers, changeSource);
  }

  /** Number of the JavaScript callbacks of the document itself. There is no event when it changes. */
  get jsCallbackCount(): number {
    return this.#state.jsEventCallbacks.values().reduce((count, { length }) => count + length, 0);
  }

  /**
   * Replaces the JavaScript callbacks of the document itself.
   *
   * @param json The callbacks, as in the JSON form of a document.
   * @param buffers Binary data, by id.
   * @param changeSource The client that sent them, if any.
   */
  replaceJsCallbacks(
    json: DocJson["callbacks"],
    buffers: ReadonlyMap<string, Uint8Array>,
    changeSource?: ChangeSource,
  ): void {
    replaceJsCallbacks(this.#state, json, buffers, changeSource);
  }

  /**
   * Makes the change of an event again. Has no effect if its model was removed from the document.
   *
   * @param event The event.
   * @param changeSource The source of the new change; undefined for this program. Messages are only
   * sent again without it.
   * @throws {Error} If the change cannot be made again, for example because the rows of a patch no
   * longer exist.
   */
  replay(event: DocumentPatchedEvent, changeSource?: ChangeSource): void {
    replayEvent(event, this.#state, changeSource);
  }

  /**
   * Calls a function that restores an earlier state: without events, callbacks, and limits for
   * clients.
   */
  restore(fn: () => void): void {
    this.#state.restore(fn);
  }

  /**
   * Number of allocated model ids. A resumed document continues the sequence, so that no id is used
   * twice.
   */
  get allocatedIds(): number {
    return this.#state.models.allocatedIds;
  }

  set allocatedIds(count: number) {
    this.#state.models.allocatedIds = count;
  }

  /** Values of the application, which are stored with the session: see `Document.session_state`. */
  get sessionState(): Readonly<Record<string, unknown>> | undefined {
    return this.#state.sessionState;
  }

  /**
   * Replaces the values of the application with stored ones, in the object that the application
   * uses.
   */
  restoreSessionState(values: Readonly<Record<string, unknown>>): void {
    const state = this.#state.sessionState ??= {};
    for (const name of Object.keys(state)) delete state[name];
    Object.assign(state, values);
  }

  /** Returns whether a session store does not keep an attribute of a model: see `Document.transient`. */
  isTransient(model: Model, attr: string): boolean {
    return this.#state.isTransient(model, attr);
  }

  /** Sets what receives the models of the document to which the application adds callbacks. */
  set onCallbackAdded(handler: (model: Model) => void) {
    this.#state.onCallbackAdded = handler;
  }

  /** Whether an `on_session_resumed` callback was added. */
  get hasResumedCallbacks(): boolean {
    return this.#state.lifecycleCallbacks("resumed").length > 0;
  }

  /** Runs the `on_session_resumed` callbacks. Each runs to its end before the next starts. */
  async runResumedCallbacks(context: SessionContext): Promise<void> {
    for (const callback of this.#state.lifecycleCallbacks("resumed")) await callback(context as never);
  }

  /**
   * The state that a snapshot taken now would contain. While the mark does not change, neither does
   * the snapshot.
   */
  get mark(): SnapshotMark {
    return { arrival: this.#state.models.arrivals, seq: this.#state.events.seq };
  }

  /**
   * Returns the whole document as it is sent to clients. Call {@linkcode noteSnapshot} for each
   * client that receives it.
   *
   * @param form Without `deferred`, binary data is written into the document.
   */
  snapshot(form: BinaryForm = {}): Snapshot {
    return this.#state.write(form);
  }

  /** Returns the whole document as a session store keeps it: without the attributes of `Document.transient`. */
  lastingSnapshot(form: Omit<BinaryForm, "omits"> = {}): Snapshot {
    const omits: BinaryForm["omits"] = (model, attr) => this.isTransient(model as Model, attr);
    return this.#state.write({ ...form, omits });
  }

  /**
   * Records that a client was sent a snapshot: it has the models of the snapshot and needs no
   * earlier events.
   *
   * @param client The client.
   * @param mark The state that the snapshot contains. @default {mark}
   */
  noteSnapshot(client: ChangeSource, mark: SnapshotMark = this.mark): void {
    this.#state.models.noteSnapshot(client, mark);
  }

  /**
   * Encodes events for clients. Omits the events that the client caused or has in its snapshot, and
   * writes models in full that the clients do not have. Call {@linkcode noteSent} for the clients
   * that receive the result.
   *
   * @param events Consecutive events, up to the last one.
   * @param audience The clients.
   */
  encode(events: readonly DocumentEvent[], audience: Audience): EncodedEvents {
    return encodeEvents(events, audience, this.#state.models);
  }

  /** Returns whether all of some clients have a model, and find it in their documents. Call {@linkcode sweep} before. */
  isKnownTo(model: Model, clients: readonly ChangeSource[]): boolean {
    const { models } = this.#state;
    return models.has(model) && !models.isHidden(model) && models.isKnownTo(model, clients);
  }

  /**
   * Records that clients were sent models in full.
   *
   * @param models The models.
   * @param clients The clients that were sent them.
   * @param others All other clients of the document.
   */
  noteSent(models: Iterable<Model>, clients: readonly ChangeSource[], others: readonly ChangeSource[] = []): void {
    this.#state.models.noteSent(models, clients, others);
  }

  /** Records that a client has received the document. `mayChange` is false for read-only clients. */
  clientOpened(client: ChangeSource, mayChange: boolean): void {
    this.#state.clientOpened(client, mayChange);
  }

  /** Records that a client has gone. */
  clientClosed(client: ChangeSource): void {
    this.#state.clientClosed(client);
  }

  /**
   * Changes the document in a transaction of its session: see `DocumentHost`. Without a session,
   * calls the function.
   */
  change(fn: () => void): void {
    const { host } = this.#state;
    if (host === undefined) fn();
    else host.documentServices.change(fn);
  }

  /** Makes pages show that the server works for them. */
  showBusy(): void {
    this.#state.page.showBusy();
  }

  /** Notes that tasks of the session have started, or ended if `change` is negative. */
  addTasks(change: number): void {
    if (!this.#state.destroyed) this.#state.usedPage?.addTasks(change);
  }

  /** Ends waiting for answers of users, because the session is destroyed. */
  endQuestions(): void {
    this.#state.usedPage?.clear();
  }

  /**
   * Takes the answer of a client to a question. It changes nothing of the document, and needs no
   * lock.
   *
   * @throws {PatchError} If the answer is malformed.
   */
  receiveAnswer(content: unknown, client: ChangeSource): void {
    try {
      this.#state.usedPage?.receiveAnswer(content, client);
    } catch (error) {
      throw patchError(error, "message of a page");
    }
  }

  /**
   * Returns the changes of models that the messages of a page among some events request.
   *
   * @throws {PatchError} If a message is malformed.
   */
  changesOfPage(events: readonly PatchEvent[], client: ChangeSource): PatchEvent[] {
    const page = this.#state.usedPage;
    try {
      return events.flatMap((event) =>
        event.kind === "MessageSent" && isPageMessage(event) ? page?.changesOf(event.msg_data, client) ?? [] : []
      );
    } catch (error) {
      throw patchError(error, "message of a page");
    }
  }

  /** Releases models that nothing refers to. {@linkcode encode} does so too. */
  sweep(): void {
    this.#state.models.sweep();
  }

  /**
   * Releases all models when another process goes on with the session: no `on_session_destroyed`
   * callback runs.
   */
  release(): void {
    const state = this.#state;
    if (state.destroyed) return;
    state.destroyed = true;
    state.sessionCallbacks.close();
    state.clear();
  }

  /**
   * Destroys the document with its session: runs the `on_session_destroyed` callbacks, removes the
   * session callbacks and releases all models. Has no effect if it was called before.
   *
   * @throws The error of the callback that failed, or an AggregateError if several failed. All of
   * them run nevertheless.
   */
  async destroy(context: SessionContext): Promise<void> {
    const state = this.#state;
    if (state.destroyed) return;
    state.destroyed = true;
    state.sessionCallbacks.close();
    const callbacks = this.#state.lifecycleCallbacks("destroyed");
    try {
      // outside of any scope: a callback of the application that never ends must not keep the
      // document alive
      const results = await Promise.allSettled(
        callbacks.map(async (callback) => await runInScope(undefined, this.document, () => callback(context as never))),
      );
      throwAll(results.filter((result) => result.status === "rejected").map(({ reason }) => reason), "callbacks");
    } finally {
      state.clear();
    }
  }
}
