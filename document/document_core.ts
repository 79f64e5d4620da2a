/**
 * What a document is to its models and to the sessions that serve it. The API for authors is added by `Document`.
 *
 * @module
 */

import { BokehEvent } from "../models/events.ts";
import type { ChangeSource, ModelChange, ModelHost } from "../models/base/host.ts";
import { DocumentConfig } from "../models/gen/classes.ts";
import { Model } from "../models/base/model.ts";
import { requireSerializable } from "../models/wire/serializable.ts";
import { currentBudget, withBudget, WorkBudget } from "../protocol/work_budget.ts";
import { limitsWithoutSteps } from "../protocol/work_limits.ts";
import type { DocJson } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { CallbackInvoker } from "./callbacks/callback_invoker.ts";
import { readClientPatch } from "./patches/client_patch.ts";
import { changeEvent } from "./events/change_event.ts";
import { runAsPart } from "./callbacks/current.ts";
import type { Document } from "./document.ts";
import { DocumentCallbacks } from "./callbacks/document_callbacks.ts";
import { DocumentForClients } from "./document_for_clients.ts";
import { EventHub } from "./events/event_hub.ts";
import type { DocumentEvent, DocumentPatchedEvent } from "./events/events.ts";
import { ModelSet } from "./models/model_set.ts";
import type { PatchLimits, PatchTarget } from "./patches/patch_plan.ts";
import { type DocumentParts, readDocument } from "./wire/read_document.ts";
import { replayEvent } from "./patches/replay_events.ts";
import { isReplaced, type RetainedBytes } from "./patches/retained_bytes.ts";
import { Roots } from "./models/roots.ts";
import { type SessionCallback, SessionCallbacks } from "./callbacks/session_callbacks.ts";
import type { SessionContext } from "./session_context.ts";
import type { Theme } from "./themes/theme.ts";
import { throwAll } from "../common/throw_all.ts";
import { changeTheme } from "./themes/theme_changes.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { type Snapshot, writeDocument } from "./wire/write_document.ts";

/** The part of a document that models and sessions use. */
export abstract class DocumentCore extends DocumentForClients implements ModelHost {
  // Most documents need few of these, and there is one document for each session: each part is made when it is needed.
  #callbacks: DocumentCallbacks | undefined;
  #sessionCallbacks: SessionCallbacks | undefined;
  #invoker: CallbackInvoker | undefined;
  #target: PatchTarget | undefined;
  readonly #roots = new Roots();
  #hasClientRemovedRoot = false;
  #config: DocumentConfig;
  #title: string;
  #theme: Theme | null = null;
  #destroyed = false;

  /** Hears of what clients sent and was ignored. */
  warn: (message: string) => void = ignore;
  /**
   * Receives the errors of callbacks that belong to no transaction: of unlocked ones, and of those that changes outside
   * of transactions set off. Without it, `settled()` throws them.
   */
  onBackgroundError: ((error: unknown) => void) | undefined;

  /**
   * Where events pass through.
   *
   * @internal
   */
  protected override readonly hub: EventHub = new EventHub(this);
  /**
   * The models.
   *
   * @internal
   */
  protected override readonly modelSet: ModelSet = new ModelSet(this);
  /**
   * Whether patches that name models which have left are ignored, since their sender could not know. Otherwise they are errors, as
   * in BokehJS.
   *
   * @default {true}
   * @internal
   */
  ignoresLateReferences: boolean = true;
  /**
   * How much a patch of a client may ask for.
   *
   * @internal
   */
  protected patchLimits: Partial<PatchLimits> = NO_LIMITS;
  /**
   * The account of what clients make the document keep, undefined when that has no limit.
   *
   * @internal
   */
  retained: RetainedBytes | undefined;

  /**
   * Version of the BokehJS that shows the document: the server's.
   *
   * @internal
   */
  bokehVersion: string = BOKEH_VERSION;

  /**
   * Makes an empty document.
   *
   * @param title The title.
   */
  constructor(title: string) {
    super();
    this.#title = title;
    this.#config = new DocumentConfig();
    this.modelSet.attach(this.#config);
  }

  /**
   * Callbacks of changes, of events and messages of clients, and of the session's end.
   *
   * @internal
   */
  get callbacks(): DocumentCallbacks {
    return this.#callbacks ??= new DocumentCallbacks(
      (callback, ...args) => this.invoker.invoke(callback, ...args),
      (event) => this.sendEvent(event),
    );
  }

  /** Whether anyone hears of connections that are lost. */
  get hearsLostConnections(): boolean {
    return this.#callbacks?.hearsLostConnections ?? false;
  }

  /**
   * Callbacks that the session runs. A hold does not hold them: they are no changes of the document.
   *
   * @internal
   */
  protected get sessionCallbacks(): SessionCallbacks {
    return this.#sessionCallbacks ??= new SessionCallbacks({
      runAs: (fn) => this.runAs(fn),
      added: (callback) => this.hub.emitNow({ event: { kind: "SessionCallbackAdded", callback } }),
      removed: (callback) => this.hub.emitNow({ event: { kind: "SessionCallbackRemoved", callback } }),
    });
  }

  /** The configuration, which browsers get with the document. */
  get config(): DocumentConfig {
    return this.#config;
  }

  /** The roots in their order. */
  get roots(): readonly Model[] {
    return this.#roots.list;
  }

  /** The callbacks that the session runs. */
  get session_callbacks(): readonly SessionCallback[] {
    return this.#sessionCallbacks?.list() ?? [];
  }

  /** Whether the session of the document has ended. */
  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** Runs a function, and what it starts, with this document as the current one. */
  abstract runAs<T>(fn: () => T): T;

  /**
   * This object, by the class that authors know.
   *
   * @internal
   */
  protected abstract get self(): Document;

  /** Receives that a required attribute has no value. For models. */
  abstract valueMissing(model: Model, error: Error): void;

  /** Returns whether the session has ended, so that a change has no effect. */
  protected abstract isOver(): boolean;

  /** Hears of a change of one of the models. For models. */
  modelChanged(change: ModelChange<Model>): void {
    const { model, attr, old, value } = change;
    if (!this.modelSet.has(model)) return;
    if (attr === "name") this.modelSet.rename(model, old, value);
    if (change.changeSource === undefined && isReplaced(change)) this.retained?.forget(model, attr);
    const callbacks = model.changeCallbacks(attr);
    const run = callbacks.length === 0 ? undefined : () => {
      for (const callback of callbacks) this.invoker.invoke(callback, attr, old, value);
    };
    if (this.hub.isHeard || this.#callbacks?.hearsChanges) this.hub.emit({ event: changeEvent(change), run });
    else run?.();
  }

  /**
   * Runs the callbacks of an event that everybody else has heard of.
   *
   * @internal
   */
  told(event: DocumentEvent): void {
    this.#callbacks?.changed(event);
  }

  /**
   * The models whose references clients keep.
   *
   * @internal
   */
  *anchors(): Iterable<Model> {
    yield* this.roots;
    yield this.#config;
  }

  /**
   * The callbacks in JavaScript of the document itself. BokehJS forgets the models that only these refer to.
   *
   * @internal
   */
  *hiddenAnchors(): Iterable<Model> {
    for (const callbacks of this.#jsEventCallbacks.values()) yield* callbacks;
  }

  /** The next id that no model has. For models. */
  allocateId(): string {
    return this.modelSet.allocateId();
  }

  /** Takes a model in, with all that it refers to. For models. */
  attach(model: Model): void {
    this.modelSet.attach(model);
  }

  /** Hears that a model may no longer be referred to. For models. */
  invalidate(): void {
    this.modelSet.invalidate();
  }

  /** What the theme says for a class of models. For models. */
  themeFor(type: string): ReadonlyMap<string, unknown> | null {
    return this.#theme?.forType(type) ?? null;
  }

  /** Sends an event to all clients. */
  sendEvent(event: BokehEvent): void {
    this.send_message("bokeh_event", event);
  }

  /** Sends a message to all clients. */
  send_message(type: string, data: unknown): void {
    if (this.isOver()) return;
    if (!(data instanceof BokehEvent)) requireSerializable(`send a message of type ${type}`, data);
    this.hub.emit({ event: { kind: "MessageSent", msg_type: type, msg_data: data } });
  }

  /**
   * Hears of each event of the document, in order, before the callbacks that it runs. For sessions.
   *
   * @returns Ends it.
   */
  onEvent(listener: (event: DocumentEvent) => void): () => void {
    return this.hub.listen(listener);
  }

  /**
   * Runs the callbacks.
   *
   * @internal
   */
  protected get invoker(): CallbackInvoker {
    return this.#invoker ??= new CallbackInvoker(this.self);
  }

  /**
   * Applies a patch of a client: all of it, or nothing. An error in a callback undoes nothing and stops nothing: the
   * transaction, or else {@linkcode settled}, throws it.
   *
   * @param events The events of the patch.
   * @param buffers The binary data beside it, by id.
   * @param changeSource The client. Changes that callbacks make are not its own.
   * @throws {PatchError} Where anything in the patch is wrong.
   */
  applyPatch(
    events: readonly PatchEvent[],
    buffers: ReadonlyMap<string, Uint8Array> = new Map(),
    changeSource?: ChangeSource,
  ): void {
    this.#handle((budget) => {
      const patch = readClientPatch(events, buffers, changeSource, {
        modelSet: this.modelSet,
        target: this.#patchTarget,
        retained: this.retained,
        limits: this.patchLimits,
        classes: this.modelSet.classes,
        acceptsDefinitions: this.acceptsDefinitions,
        ignoresLateReferences: this.ignoresLateReferences,
        warn: (message) => this.warn(message),
      });
      if (patch === undefined) return;
      budget.commit();
      this.modelSet.noteClientModels(patch.made);
      this.modelSet.withArrivals(patch.created, changeSource, () => this.invoker.applyAll(patch.steps));
    });
  }

  /** Handles a message: with the budget that is current, or one of its own for a document without a session. */
  #handle(fn: (budget: WorkBudget) => void): void {
    const budget = currentBudget();
    const own = () => new WorkBudget(limitsWithoutSteps(this.patchLimits));
    if (budget === undefined) return withBudget(own(), () => this.#handle(fn));
    fn(budget);
    this.retained?.commit((owner) => owner === this.#target || owner instanceof Model && this.modelSet.has(owner));
  }

  /**
   * Makes the change again that an event tells of; see {@linkcode replayEvent}.
   *
   * @internal
   */
  replay(event: DocumentPatchedEvent, changeSource?: ChangeSource): void {
    const target = {
      ...this.#patchTarget,
      send: (type: string, data: unknown) => this.send_message(type, data),
      present: (model: Model) => this.modelSet.has(model) ? model : this.modelSet.byId.get(model.id),
    };
    replayEvent(event, target, changeSource);
  }

  get #patchTarget(): PatchTarget {
    return this.#target ??= {
      add_root: this.addRoot.bind(this),
      remove_root: this.removeRoot.bind(this),
      set_title: this.setTitle.bind(this),
      receive: (type, data) => this.callbacks.received(type, data),
    };
  }

  /**
   * Replaces title, configuration and roots by those of another document.
   *
   * @param json The other document.
   * @param buffers The binary data beside it, by id.
   * @param changeSource The client that sent it, if one did.
   * @throws {PatchError} Where anything in the document is wrong; then nothing was replaced.
   */
  replaceWith(json: DocJson, buffers: ReadonlyMap<string, Uint8Array> = new Map(), changeSource?: ChangeSource): void {
    this.#handle((budget) => {
      const parts = readDocument(json, {
        buffers,
        warn: (message) => this.warn(message),
        limits: this.patchLimits,
        check: (read) => this.retained?.checkDocument(this.#patchTarget, read),
      });
      budget.commit();
      if (changeSource !== undefined) this.modelSet.noteClientModels(parts.made);
      this.#replaceBy(parts, changeSource);
    });
  }

  #replaceBy(parts: DocumentParts, changeSource: ChangeSource | undefined): void {
    this.invoker.applyAll(this.roots.map((root) => () => this.removeRoot(root, changeSource)));
    this.hub.skip();
    this.#config = parts.config ?? new DocumentConfig();
    this.modelSet.classes = parts.classes;
    this.modelSet.invalidate();
    this.modelSet.sweep();
    this.modelSet.withArrivals(parts.models, changeSource, () => {
      this.modelSet.attach(this.#config);
      this.invoker.applyAll(parts.roots.map((root) => () => this.addRoot(root, changeSource)));
      for (const callbacks of parts.callbacks.values()) {
        for (const callback of callbacks) this.modelSet.attach(callback, { hidden: true });
      }
      this.callbacks.replaceJsEvents(parts.callbacks);
    });
    this.invoker.applyAll([() => this.setTitle(parts.title, changeSource)]);
  }

  /**
   * Ends the document: runs its callbacks for that, takes its session callbacks away, and lets go of everything.
   *
   * @throws What a callback failed with; an AggregateError where several did. All have run nevertheless.
   */
  async destroy(context: SessionContext): Promise<void> {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.sessionCallbacks.close();
    // Excludes what other callbacks left under way: one that never ends must not keep the document alive.
    const callbacks = this.#callbacks?.session_destroyed_callbacks ?? [];
    try {
      const results = await Promise.allSettled(
        callbacks.map(async (callback) => await runAsPart(undefined, this.self, () => callback(context))),
      );
      throwAll(results.filter((result) => result.status === "rejected").map(({ reason }) => reason), "callbacks");
    } finally {
      this.hub.clear();
      this.#callbacks?.clear();
      this.#roots.clear();
      this.modelSet.clear();
      this.retained?.clear();
    }
  }

  /** Title and theme are properties of `Document`. */
  protected get currentTitle(): string {
    return this.#title;
  }

  /** The theme in force. */
  protected get currentTheme(): Theme | null {
    return this.#theme;
  }

  /**
   * Calls a function during which another theme is in force. Nobody hears of it: nothing may be changed or sent meanwhile.
   *
   * @internal
   */
  withTheme<T>(theme: Theme | null, fn: () => T): T {
    const own = this.#theme;
    this.#theme = theme;
    try {
      return fn();
    } finally {
      this.#theme = own;
    }
  }

  /** Puts a theme into force and tells of what it changes. */
  protected setTheme(theme: Theme | null): void {
    if (theme === this.#theme) return;
    const themes = { before: this.#theme, after: theme };
    const changes = changeTheme(this.modelSet.all, themes, () => this.#theme = theme);
    for (const change of changes) this.modelChanged(change);
  }

  /**
   * The document as it is written; without telling that anyone knows it.
   *
   * @internal
   */
  protected override written(options: { deferred?: boolean }): Snapshot {
    this.modelSet.sweep();
    const document = {
      version: this.bokehVersion,
      title: this.#title,
      config: this.#config,
      roots: this.roots,
      classes: this.modelSet.classes,
      nextArrival: () => this.modelSet.nextArrival(),
      callbacks: this.#jsEventCallbacks,
    };
    return writeDocument(document, options);
  }

  /** Adds a root. Does nothing where it is one. */
  protected addRoot(model: Model, changeSource?: ChangeSource): void {
    if (this.isOver() || this.#roots.has(model)) return;
    // a client forgets at once what it removes: if a callback adds it again, the client is sent it in full
    if (changeSource === undefined && this.#hasClientRemovedRoot) {
      this.#hasClientRemovedRoot = false;
      this.modelSet.sweep();
    }
    this.modelSet.attach(model);
    this.#roots.add(model);
    this.hub.emit({ event: { kind: "RootAdded", model, ...changeSourceOf(changeSource) } });
  }

  /** Removes a root. Does nothing where it is none. */
  protected removeRoot(model: Model, changeSource?: ChangeSource): void {
    if (this.isOver() || !this.#roots.has(model)) return;
    this.#roots.delete(model);
    this.modelSet.invalidate();
    if (changeSource !== undefined) this.#hasClientRemovedRoot = true;
    this.hub.emit({ event: { kind: "RootRemoved", model, ...changeSourceOf(changeSource) } });
  }

  /** Sets the title. */
  protected setTitle(title: string, changeSource?: ChangeSource): void {
    if (typeof title !== "string") throw new TypeError(`Cannot set the title: ${String(title)} is no text`);
    if (this.isOver() || title === this.#title) return;
    this.#title = title;
    this.hub.emit({ event: { kind: "TitleChanged", title, ...changeSourceOf(changeSource) } });
  }

  get #jsEventCallbacks(): ReadonlyMap<string, readonly Model[]> {
    return this.#callbacks?.js_event_callbacks ?? NO_JS_EVENTS;
  }
}

const NO_LIMITS: Partial<PatchLimits> = {};
const NO_JS_EVENTS: ReadonlyMap<string, readonly Model[]> = new Map();

function ignore(): void {}

function changeSourceOf(changeSource: ChangeSource | undefined): { changeSource?: ChangeSource } {
  return changeSource === undefined ? {} : { changeSource };
}
