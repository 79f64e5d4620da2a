/**
 * The document: models that belong together, and all that happens to them.
 *
 * @module
 */

import type { EventClass } from "../models/events.ts";
import type { ChangeSource } from "../models/base/host.ts";
import type { Model } from "../models/base/model.ts";
import {
  type ModelType,
  type Query,
  type QueryOf,
  select,
  selectOne,
  type Selector,
  setSelected,
} from "../models/base/query.ts";
import type { DocJson } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import { asTheme } from "./themes/built_in_themes.ts";
import type { CallbackScope } from "./callbacks/callback_scope.ts";
import { currentDocument, currentScope, runWithDocument } from "./callbacks/current.ts";
import type {
  DocumentEventCallback,
  MessageCallback,
  SessionDestroyedCallback,
} from "./callbacks/document_callbacks.ts";
import { DocumentCore } from "./document_core.ts";
import type { DocumentChangeCallback } from "./events/events.ts";
import type { HoldPolicy } from "./events/hold.ts";
import { checkIntegrity, type ValidationIssue } from "./integrity/check_integrity.ts";
import { type LockedCallback, lockedCallback, type LockedCallbackPolicy } from "./callbacks/locked_callback.ts";
import type { Callback, SessionCallback } from "./callbacks/session_callbacks.ts";
import type { PatchLimits } from "./patches/patch_plan.ts";
import { RetainedBytes, type RetainedBytesOptions } from "./patches/retained_bytes.ts";
import type { SessionContext } from "./session_context.ts";
import type { Theme } from "./themes/theme.ts";

/** Options of {@linkcode Document}. */
export interface DocumentOptions {
  /**
   * The title.
   * @default {"Bokeh Application"}
   */
  title?: string;
  /** The theme, or the name of one of Bokeh's. None by default. */
  theme?: Theme | string | null;
  /** Hears of what clients sent and was ignored. Nobody by default. */
  warn?: (message: string) => void;
  /** How much a patch or a document of a client may ask for: see {@linkcode PatchLimits}. */
  limits?: Partial<PatchLimits> | undefined;
  /** Limits on what clients make the document keep. None by default. */
  retention?: RetainedBytesOptions | undefined;
  /** Version of the BokehJS that shows the document. That of this package's BokehJS by default. */
  bokehVersion?: string | undefined;
}

/**
 * Models that belong together: what a browser shows, and what a session serves.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Document } from "@bokeh/server";
 * import { Slider } from "@bokeh/server/models";
 *
 * const doc = new Document({ title: "Waves" });
 * doc.add_root(new Slider({ name: "freq", start: 0, end: 10, value: 1 }));
 * doc.on_change((event) => assertEquals(event.kind, "ModelChanged"));
 * doc.get_model_by_name<Slider>("freq").value = 2;
 * ```
 */
export class Document extends DocumentCore {
  /** The session that serves the document, null where none does. */
  session_context: SessionContext | null = null;
  /** The text of the template of the document's page, null for the usual one. */
  template: string | null = null;
  #warnedOfEnd = false;
  /** The models that were sent without a required attribute. */
  #incomplete: WeakSet<Model> | undefined;
  /** The hold in force, and the transaction that started it. */
  #hold: { readonly startedBy: CallbackScope | undefined } | undefined;
  #templateVariables: Record<string, unknown> | undefined;

  /**
   * Makes an empty document.
   *
   * @param options Title and theme.
   */
  constructor(options: DocumentOptions = {}) {
    super(options.title ?? "Bokeh Application");
    if (options.warn !== undefined) this.warn = options.warn;
    if (options.limits !== undefined) this.patchLimits = options.limits;
    if (options.retention !== undefined) this.retained = new RetainedBytes(options.retention);
    if (options.bokehVersion !== undefined) this.bokehVersion = options.bokehVersion;
    if (options.theme !== undefined) this.theme = options.theme;
  }

  /** Makes a document of its JSON form. Throws a PatchError where it is not right. */
  static from_json(json: DocJson, buffers?: ReadonlyMap<string, Uint8Array>): Document {
    const doc = new Document();
    doc.replaceWith(json, buffers);
    return doc;
  }

  /** Makes a document of the text of its JSON form. */
  static from_json_string(text: string): Document {
    return Document.from_json(JSON.parse(text));
  }

  /** The title of the page. */
  get title(): string {
    return this.currentTitle;
  }

  set title(title: string) {
    this.setTitle(title);
  }

  /** Other defaults for attributes; null for none. It may also be set to the name of one of Bokeh's themes. */
  get theme(): Theme | null {
    return this.currentTheme;
  }

  set theme(theme: Theme | string | null) {
    this.setTheme(asTheme(theme));
  }

  /** Values for the template, by name. */
  get template_variables(): Record<string, unknown> {
    return this.#templateVariables ??= {};
  }

  /** All models that the roots refer to, the roots included. */
  get models(): readonly Model[] {
    const own = this.config.references();
    return this.modelSet.all.filter((model) => !own.has(model));
  }

  /** How events are held back, null where they are not. */
  get hold_value(): HoldPolicy | null {
    return this.hub.hold_value;
  }

  /**
   * This object.
   *
   * @internal
   */
  protected override get self(): Document {
    return this;
  }

  /** Makes the transaction, or else {@linkcode settled}, wait for work that a callback left under way. */
  track(work: PromiseLike<unknown>): void {
    this.invoker.track(work);
  }

  /** Whether no callback runs outside of transactions and none failed: {@linkcode settled} would resolve at once. */
  get isSettled(): boolean {
    return this.invoker.isSettled;
  }

  /** Waits for the callbacks that run outside of transactions. Rejects with what failed since the last call. */
  async settled(): Promise<void> {
    await this.invoker.settled();
  }

  /**
   * Returns whether the session has ended, so that a change has no effect; the first call then warns. Timers that an application
   * left behind call methods of its document, and must not fail for that.
   */
  protected override isOver(): boolean {
    if (this.destroyed && !this.#warnedOfEnd) {
      this.#warnedOfEnd = true;
      this.warn("Ignored a change of a document whose session has ended: end timers in on_session_destroyed");
    }
    return this.destroyed;
  }

  /**
   * Reports a required attribute without a value, once for each model, and lets the rest of the model be sent: one mistake must not
   * hold back all other changes of a session. Without a session it throws. For models.
   */
  override valueMissing(model: Model, error: Error): void {
    if (this.onBackgroundError === undefined) throw error;
    if (this.#incomplete?.has(model)) return;
    (this.#incomplete ??= new WeakSet()).add(model);
    if (this.modelSet.isOfClient(model)) this.warn(`A client made an incomplete model: ${error.message}`);
    else this.onBackgroundError(error);
  }

  /** Calls a function during which, and during what it awaits, `curdoc()` is this document. */
  override runAs<T>(fn: () => T): T {
    return currentDocument() === this ? fn() : runWithDocument(this, fn);
  }

  /** Adds a root: a model that is shown for itself. Does nothing where it is one. */
  add_root(model: Model): void {
    this.addRoot(model);
  }

  /** Removes a root. Does nothing where it is none. */
  remove_root(model: Model): void {
    this.removeRoot(model);
  }

  /** Removes all roots. */
  clear(): void {
    for (const root of this.roots) this.removeRoot(root);
  }

  /** Sets the title. */
  set_title(title: string): void {
    this.setTitle(title);
  }

  /** The model of an id, or null. */
  get_model_by_id(id: string): Model | null {
    return this.modelSet.byId.get(id) ?? null;
  }

  /** The model of a name, or null. Throws an Error where several have it. */
  get_model_by_name(name: string): Model | null;
  /** The model of a name, of which the caller knows that it is there and of which class. */
  get_model_by_name<T extends Model>(name: string): T;
  get_model_by_name(name: string): Model | null {
    const models = this.modelSet.named(name);
    if (models.length > 1) throw new Error(`Cannot find the model named ${name}: ${models.length} have this name`);
    return models[0] ?? null;
  }

  /** The models that a selector fits: a class, a name, or a query as `{ type: Slider, tags: ["a"] }`. */
  select<T extends Model>(selector: ModelType<T> | QueryOf<T>): T[];
  /** The models that a selector fits. */
  select(selector: Selector): Model[];
  select(selector: Selector): Model[] {
    const name = nameOf(selector);
    return name === undefined ? select(this.models, selector) : this.modelSet.named(name);
  }

  /** The one model of a class, of which the caller knows that it is there. Throws an Error where there are several. */
  select_one<T extends Model>(selector: ModelType<T>): T;
  /** The one model of a class that a query fits, or null: `{ type: Slider, title: "a" }`. Throws an Error if there are several. */
  select_one<T extends Model>(selector: QueryOf<T>): T | null;
  /** The one model that a selector fits, or null. Throws an Error where there are several. */
  select_one(selector: Selector): Model | null;
  select_one(selector: Selector): Model | null {
    return selectOne(this.select(selector), {});
  }

  /** Sets attributes of all models that a selector fits. */
  set_select(selector: Selector, updates: Readonly<Record<string, unknown>>): void {
    setSelected(this.select(selector), {}, updates);
  }

  /**
   * Holds events back until {@linkcode unhold}: all of them ("collect"), or only the last of each attribute ("combine").
   * A transaction that fails releases the hold that it started.
   *
   * @returns Ends this hold when it is disposed of: `using _hold = doc.hold()` cannot leave events held.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Document } from "@bokeh/server";
   *
   * const doc = new Document();
   * {
   *   using _hold = doc.hold();
   *   doc.title = "a";
   *   doc.title = "b"; // clients receive this title only
   * }
   * assertEquals(doc.hold_value, null);
   * ```
   */
  hold(policy: HoldPolicy = "combine"): Disposable {
    if (this.isOver()) return { [Symbol.dispose]() {} };
    const isNew = this.hub.hold_value === null;
    if (!this.hub.hold(policy)) this.warn(`Ignored a hold by ${policy}: events are held by ${this.hub.hold_value}`);
    const hold = { startedBy: currentScope()?.root };
    if (isNew) this.#hold = hold;
    return {
      [Symbol.dispose]: () => {
        if (this.#hold === hold) this.unhold();
      },
    };
  }

  /**
   * Emits the events that were held back, and runs their callbacks in order.
   *
   * @throws What callbacks failed with, when all have run.
   */
  unhold(): void {
    this.#hold = undefined;
    this.invoker.inBatch("release", () => this.hub.unhold());
  }

  /**
   * Ends the hold that a transaction started, if it has not ended yet.
   *
   * @internal
   */
  endHoldOf(transaction: CallbackScope): void {
    if (this.#hold?.startedBy === transaction) this.unhold();
  }

  /** Calls functions on each change of the document and its models. */
  on_change(...callbacks: DocumentChangeCallback[]): void {
    this.callbacks.on_change(...callbacks);
  }

  /** Stops calling functions on changes. Throws an Error for one that was not added. */
  remove_on_change(...callbacks: DocumentChangeCallback[]): void {
    this.callbacks.remove_on_change(...callbacks);
  }

  /** Calls functions on an event of the whole document, as `DocumentReady`. */
  on_event<E>(event: EventClass & { readonly prototype: E }, ...callbacks: DocumentEventCallback<E>[]): void;
  /** Calls functions on an event of the whole document, given by its name. */
  on_event(event: string, ...callbacks: DocumentEventCallback[]): void;
  on_event(event: EventClass | string, ...callbacks: DocumentEventCallback<never>[]): void {
    this.callbacks.on_event(event, ...callbacks);
  }

  /** Runs JavaScript in the browser on an event of the whole document. */
  js_on_event(event: EventClass | string, ...callbacks: Model[]): void {
    this.modelSet.invalidate(); // where one of them is refused, none stays
    for (const callback of callbacks) this.modelSet.attach(callback, { hidden: true });
    this.callbacks.js_on_event(event, ...callbacks);
    this.hub.skip();
  }

  /** Calls functions on messages of a type that clients send. */
  on_message(type: string, ...callbacks: MessageCallback[]): void {
    this.callbacks.on_message(type, ...callbacks);
  }

  /** Stops calling a function on messages. */
  remove_on_message(type: string, callback: MessageCallback): void {
    this.callbacks.remove_on_message(type, callback);
  }

  /** Calls functions when the session of the document ends. */
  on_session_destroyed(...callbacks: SessionDestroyedCallback[]): void {
    this.callbacks.on_session_destroyed(...callbacks);
  }

  /** Has the session call a function again and again. */
  add_periodic_callback(callback: Callback, period_milliseconds: number): SessionCallback {
    return this.#addSessionCallback("periodic", callback, period_milliseconds);
  }

  /** Has the session call a function once, after a time. */
  add_timeout_callback(callback: Callback, timeout_milliseconds: number): SessionCallback {
    return this.#addSessionCallback("timeout", callback, timeout_milliseconds);
  }

  /** Has the session call a function once, as soon as it may. */
  add_next_tick_callback(callback: Callback): SessionCallback {
    return this.#addSessionCallback("next_tick", callback, 0);
  }

  /** Removes a periodic callback. Throws an Error where it was removed. */
  remove_periodic_callback(callback: SessionCallback): void {
    this.sessionCallbacks.remove(callback);
  }

  /** Removes a timeout callback. Throws an Error where it was removed or has run. */
  remove_timeout_callback(callback: SessionCallback): void {
    this.sessionCallbacks.remove(callback);
  }

  /** Removes a next-tick callback. Throws an Error where it was removed or has run. */
  remove_next_tick_callback(callback: SessionCallback): void {
    this.sessionCallbacks.remove(callback);
  }

  /**
   * A function that anyone may call at any time, and that has its work done when the document is its alone.
   *
   * @param callback What to do; it may be async.
   * @param options Whether each call is done, or only the latest of those that wait.
   */
  locked_callback<A extends unknown[]>(
    callback: (...args: A) => unknown,
    options: { policy?: LockedCallbackPolicy } = {},
  ): LockedCallback<A> {
    return lockedCallback(this, callback, options.policy ?? "every");
  }

  /** The document in its JSON form, binary data written into it. */
  to_json(): DocJson & { version: string } {
    return this.written({ deferred: false }).doc;
  }

  /** Applies a patch in its JSON form; see {@linkcode applyPatch}. */
  apply_json_patch(
    patch: { events: readonly PatchEvent[] },
    buffers?: ReadonlyMap<string, Uint8Array>,
    changeSource?: ChangeSource,
  ): void {
    this.applyPatch(patch.events, buffers, changeSource);
  }

  /** Replaces everything by a document in its JSON form; see {@linkcode replaceWith}. */
  replace_with_json(json: DocJson, buffers?: ReadonlyMap<string, Uint8Array>): void {
    this.replaceWith(json, buffers);
  }

  /** What is most likely a mistake in the models. */
  validate(): ValidationIssue[] {
    return checkIntegrity(this.models, this.roots);
  }

  #addSessionCallback(kind: SessionCallback["kind"], callback: Callback, milliseconds: number): SessionCallback {
    this.isOver(); // then the callback never runs
    return this.sessionCallbacks.add(kind, milliseconds, callback);
  }
}

/** The name that a selector looks for, where it looks for nothing else. */
function nameOf(selector: Selector): string | undefined {
  if (typeof selector === "string") return selector;
  if (typeof selector !== "object") return undefined;
  const { name, ...others }: Query = selector;
  return typeof name === "string" && Object.keys(others).length === 0 ? name : undefined;
}
