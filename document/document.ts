/**
 * The document: models that belong together, and the callbacks of their application.
 *
 * @module
 */

import type { ChangeSource } from "../models/base/host.ts";
import type { Model } from "../models/base/model.ts";
import type { PropertyName } from "../models/base/model_types.ts";
import { type ModelType, type QueryOf, select, selectOne, type Selector, setSelected } from "../models/base/query.ts";
import type { EventClass } from "../models/events.ts";
import type { DocumentConfig } from "../models/gen/classes.ts";
import type { DocJson } from "../protocol/message.ts";
import type { PatchEvent } from "../protocol/patch.ts";
import type { RunTask } from "../tasks/run_task.ts";
import type { DocumentEventCallback, MessageCallback } from "./callbacks/document_callbacks.ts";
import { type LockedCallback, lockedCallback, type LockedCallbackPolicy } from "./callbacks/locked_callback.ts";
import type { Callback, SessionCallback } from "./callbacks/session_callbacks.ts";
import { taskRunner } from "./document_host.ts";
import { DocumentState } from "./document_state.ts";
import type { DocumentChangeCallback } from "./events/events.ts";
import type { HoldPolicy } from "./events/hold.ts";
import { checkIntegrity, type ValidationIssue } from "./integrity/check_integrity.ts";
import { nameIn } from "./models/model_index.ts";
import type { DocumentLocation } from "./page/document_location.ts";
import type { DocumentNotifications } from "./page/notifications.ts";
import type { PageActions } from "./page/page_actions.ts";
import type { ConfirmOptions } from "./page/questions.ts";
import { applyPatch, replaceDocument } from "./patches/apply_patch.ts";
import type { ServerContextOf, SessionContextOf } from "./session_context.ts";
import { asTheme } from "./themes/built_in_themes.ts";
import type { Theme } from "./themes/theme.ts";

/** Options of {@linkcode Document}. */
export interface DocumentOptions {
  /** The title of the page. @default {"Bokeh Application"} */
  title?: string;
  /** The theme, or the name of a theme of Bokeh. @default {null} */
  theme?: Theme | string | null;
}

/** What all sessions of one application share. */
export interface ServerContext extends ServerContextOf<Document> {}

/** A session, as its application sees it. */
export interface SessionContext extends SessionContextOf<Document> {}

/** Receives that the session of a document was destroyed. */
export type SessionDestroyedCallback = (context: SessionContext) => unknown;

// Assigned by the class below: its private state is for this package, and must not be a member that
// authors see.
let stateOfDocument: (document: Document) => DocumentState;

/**
 * Models that belong together: what a browser shows, and what a session serves.
 *
 * Methods that change a document have no effect after its session was destroyed, except for one
 * warning in the log.
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
export class Document {
  /** The session that serves the document, null if there is none. */
  session_context: SessionContext | null = null;
  /** The source of the Jinja template of the document's page, null for the default template. */
  template: string | null = null;
  readonly #state: DocumentState;
  #templateVariables: Record<string, unknown> | undefined;

  static {
    stateOfDocument = (document) => document.#state;
  }

  /**
   * Creates an empty document.
   *
   * @param options Title and theme.
   * @throws {RangeError} If `theme` is the name of no theme.
   */
  constructor(options: DocumentOptions = {}) {
    const { title = "Bokeh Application", theme = null } = options;
    // with the internal options that `createDocument` passes
    this.#state = new DocumentState({ ...options, title, document: this });
    if (theme !== null) this.theme = theme;
  }

  /**
   * Creates a document from its JSON form.
   *
   * @param json The document, as {@linkcode to_json} returns it.
   * @param buffers Its binary data by id, if that is not in the JSON form.
   * @throws {PatchError} If the JSON form is invalid.
   */
  static from_json(json: DocJson, buffers?: ReadonlyMap<string, Uint8Array>): Document {
    const doc = new Document();
    doc.replace_with_json(json, buffers);
    return doc;
  }

  /**
   * Creates a document from the text of its JSON form.
   *
   * @throws {PatchError} If the JSON form is invalid.
   * @throws {SyntaxError} If the text is not JSON.
   */
  static from_json_string(text: string): Document {
    return Document.from_json(JSON.parse(text));
  }

  /** The title of the page. */
  get title(): string {
    return this.#state.title;
  }

  set title(title: string) {
    this.#state.setTitle(title);
  }

  /** Sets {@linkcode title}. */
  set_title(title: string): void {
    this.#state.setTitle(title);
  }

  /**
   * Default values for attributes of models, null if there is no theme. The name of a theme of
   * Bokeh may be assigned.
   *
   * @throws {RangeError} If the name of no theme is assigned.
   */
  get theme(): Theme | null {
    return this.#state.theme;
  }

  set theme(theme: Theme | string | null) {
    this.#state.setTheme(asTheme(theme));
  }

  /** Values that the template of the page can use, by name. */
  get template_variables(): Record<string, unknown> {
    return this.#templateVariables ??= {};
  }

  /** The configuration, which browsers receive with the document. */
  get config(): DocumentConfig {
    return this.#state.config;
  }

  /** The URL of the page that shows the document. */
  get location(): DocumentLocation {
    return this.#state.page.location(this.session_context);
  }

  /** Notifications in the pages that show the document. */
  get notifications(): DocumentNotifications {
    return this.#state.page.notifications;
  }

  /** Actions of the pages that show the document: copying, printing, full screen. */
  get page(): PageActions {
    return this.#state.page.actions;
  }

  /**
   * Asks a question in a dialog. While the callback waits, others can change the document.
   *
   * @param text The question. The user whose change is being handled is asked, or else all users.
   * @returns Whether the user agreed. False if the user closed the dialog or left the page.
   * @throws {RangeError} If 1000 questions of the document have no answer yet.
   */
  confirm(text: string, options: ConfirmOptions = {}): Promise<boolean> {
    return this.#state.page.confirm(text, options);
  }

  /** The roots, in order. */
  get roots(): readonly Model[] {
    return this.#state.roots;
  }

  /** The roots and all models that they refer to. */
  get models(): readonly Model[] {
    const ofConfig = this.config.references();
    return this.#state.models.all.filter((model) => !ofConfig.has(model));
  }

  /** The callbacks that the session is to run: periodic, timeout and next-tick callbacks. */
  get session_callbacks(): readonly SessionCallback[] {
    return this.#state.sessionCallbackList;
  }

  /**
   * Adds a root, which is a model that the page shows by itself. Has no effect if the model is a
   * root already.
   */
  add_root(model: Model): void {
    this.#state.addRoot(model);
  }

  /** Removes a root. Has no effect if the model is not a root. */
  remove_root(model: Model): void {
    this.#state.removeRoot(model);
  }

  /** Removes all roots. */
  clear(): void {
    for (const root of this.roots) this.#state.removeRoot(root);
  }

  /** Returns the model with an id, or null. */
  get_model_by_id(id: string): Model | null {
    return this.#state.models.byId.get(id) ?? null;
  }

  /**
   * Returns the model with a name, or null.
   *
   * @throws {Error} If several models have the name.
   */
  get_model_by_name(name: string): Model | null;
  /** Returns the model with a name, if the caller knows that it exists and what type it has. */
  get_model_by_name<T extends Model>(name: string): T;
  get_model_by_name(name: string): Model | null {
    const models = this.#state.models.named(name);
    if (models.length > 1) throw new Error(`Cannot find the model named ${name}: ${models.length} have this name`);
    return models[0] ?? null;
  }

  /**
   * Returns the models that match a selector: a class, a name, or a query such as
   * `{ type: Slider, tags: ["a"] }`.
   */
  select<T extends Model>(selector: ModelType<T> | QueryOf<T>): T[];
  /** Returns the models that match a selector. */
  select(selector: Selector): Model[];
  select(selector: Selector): Model[] {
    const name = nameIn(selector);
    return name === undefined ? select(this.models, selector) : this.#state.models.named(name);
  }

  /**
   * Returns the only model of a class, if the caller knows that it exists. Throws an Error if there
   * are several.
   */
  select_one<T extends Model>(selector: ModelType<T>): T;
  /**
   * Returns the only model of a class that matches a query, or null. Throws an Error if there are
   * several.
   */
  select_one<T extends Model>(selector: QueryOf<T>): T | null;
  /**
   * Returns the only model that matches a selector, or null. Throws an Error if there are several.
   */
  select_one(selector: Selector): Model | null;
  select_one(selector: Selector): Model | null {
    return selectOne(this.select(selector), {});
  }

  /** Sets attributes of all models that match a selector. */
  set_select(selector: Selector, updates: Readonly<Record<string, unknown>>): void {
    setSelected(this.select(selector), {}, updates);
  }

  /** The policy of the hold in force, null if there is none. */
  get hold_value(): HoldPolicy | null {
    return this.#state.events.holdPolicy;
  }

  /**
   * Holds events back until {@linkcode unhold} is called. A transaction that fails ends the hold
   * that it started.
   *
   * @param policy `"combine"` keeps the last event of each attribute, `"collect"` keeps all events.
   * @returns The hold. It ends when it is disposed of, so that `using _hold = doc.hold()` cannot
   * leave events held.
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
    return this.#state.hold(policy);
  }

  /**
   * Ends the hold: delivers the events that were held back, and runs their callbacks in order.
   *
   * @throws The errors of callbacks, after all of them have run.
   */
  unhold(): void {
    this.#state.events.unhold();
  }

  /**
   * Calls functions on each change of the document and its models. Adding the same function again
   * has no effect.
   */
  on_change(...callbacks: DocumentChangeCallback[]): void {
    this.#state.events.addChangeCallbacks(callbacks);
  }

  /**
   * Removes callbacks of {@linkcode on_change}.
   *
   * @throws {Error} If one of them was not added.
   */
  remove_on_change(...callbacks: DocumentChangeCallback[]): void {
    this.#state.events.removeChangeCallbacks(callbacks);
  }

  /** Calls functions on an event of the whole document, such as `DocumentReady`. */
  on_event<E>(event: EventClass & { readonly prototype: E }, ...callbacks: DocumentEventCallback<E>[]): void;
  /** Calls functions on an event of the whole document, given by its name. */
  on_event(event: string, ...callbacks: DocumentEventCallback[]): void;
  on_event(event: EventClass | string, ...callbacks: DocumentEventCallback<never>[]): void {
    this.#state.callbacks.onEvent(event, callbacks);
  }

  /** Runs JavaScript callbacks in the browser on an event of the whole document. */
  js_on_event(event: EventClass | string, ...callbacks: Model[]): void {
    this.#state.addJsEventCallbacks(event, callbacks);
  }

  /** Calls functions with the data of each message of a type from a client. */
  on_message(type: string, ...callbacks: MessageCallback[]): void {
    this.#state.callbacks.onMessage(type, callbacks);
  }

  /** Removes a callback of {@linkcode on_message}. Has no effect if it was not added. */
  remove_on_message(type: string, callback: MessageCallback): void {
    this.#state.callbacks.removeOnMessage(type, callback);
  }

  /**
   * Sends a message to all clients, where `on_message` of BokehJS's document receives it.
   *
   * @throws {TypeError} If the data cannot be serialized.
   */
  send_message(type: string, data: unknown): void {
    this.#state.sendMessage(type, data);
  }

  /**
   * Calls functions when the session of the document is destroyed. Adding the same function again
   * has no effect.
   */
  on_session_destroyed(...callbacks: SessionDestroyedCallback[]): void {
    this.#state.addLifecycleCallbacks("destroyed", callbacks);
  }

  /**
   * Calls functions when the session was resumed from a session store, to create what the store
   * cannot keep, such as timers. Adding the same function again has no effect.
   */
  on_session_resumed(...callbacks: SessionDestroyedCallback[]): void {
    this.#state.addLifecycleCallbacks("resumed", callbacks);
  }

  /**
   * Returns an object for values of the application that belong to no model. A session store keeps
   * them with the document.
   *
   * @param initial Initial values, for names that the object does not have. JSON, at most 64 KiB.
   */
  session_state<T extends Record<string, unknown>>(initial: T): T {
    return Object.assign(this.#state.sessionState ??= {}, { ...initial, ...this.#state.sessionState }) as T;
  }

  /**
   * Excludes attributes of a model from what a session store keeps, for values that change often
   * and are soon replaced. A resumed session has the values that the application function sets.
   *
   * @throws {TypeError} If the model does not have one of the attributes.
   */
  transient<M extends Model>(model: M, ...attrs: PropertyName<M>[]): void {
    this.#state.setTransient(model, attrs);
  }

  /** Makes the session call a function periodically, at this interval in milliseconds. */
  add_periodic_callback(callback: Callback, period_milliseconds: number): SessionCallback {
    return this.#state.addSessionCallback("periodic", callback, period_milliseconds);
  }

  /** Makes the session call a function once, after a delay in milliseconds. */
  add_timeout_callback(callback: Callback, timeout_milliseconds: number): SessionCallback {
    return this.#state.addSessionCallback("timeout", callback, timeout_milliseconds);
  }

  /** Makes the session call a function once, as soon as the document's lock is free. */
  add_next_tick_callback(callback: Callback): SessionCallback {
    return this.#state.addSessionCallback("next_tick", callback, 0);
  }

  /** Removes a periodic callback. Throws an Error if it was removed before. */
  remove_periodic_callback(callback: SessionCallback): void {
    this.#state.sessionCallbacks.remove(callback);
  }

  /** Removes a timeout callback. Throws an Error if it was removed before or has run. */
  remove_timeout_callback(callback: SessionCallback): void {
    this.#state.sessionCallbacks.remove(callback);
  }

  /** Removes a next-tick callback. Throws an Error if it was removed before or has run. */
  remove_next_tick_callback(callback: SessionCallback): void {
    this.#state.sessionCallbacks.remove(callback);
  }

  /**
   * Returns a function that may be called at any time, inside and outside of callbacks: each call
   * runs `callback` when the document's lock is free.
   *
   * @param callback The function to run, which may be async.
   * @param options With `policy: "latest"`, a new call replaces those that are still waiting. By
   * default every call runs.
   * @throws {Error} If the document has no session.
   */
  locked_callback<A extends unknown[]>(
    callback: (...args: A) => unknown,
    options: { policy?: LockedCallbackPolicy } = {},
  ): LockedCallback<A> {
    if (this.session_context === null) throw new Error("Cannot lock a callback: no session serves the document");
    return lockedCallback(this.#state, callback, options.policy ?? "every");
  }

  /**
   * Sends what a callback has changed so far, except what is held back. The callback keeps the
   * document's lock and goes on. Await it: code that computes without a pause delays the sending.
   */
  async flush(): Promise<void> {
    await this.#state.host?.documentServices.flush();
  }

  /** Runs a task in a Worker. While a callback waits for it, it does not hold the document's lock. */
  get task(): RunTask {
    return taskRunner(this.#state);
  }

  /** Returns the JSON form of the document, binary data included. */
  to_json(): DocJson & { version: string } {
    return this.#state.write({ deferred: false }).doc;
  }

  /**
   * Applies a patch in its JSON form: all of it or nothing.
   *
   * @param patch The content of a `PATCH-DOC` message.
   * @param buffers The binary data of the patch, by id.
   * @param changeSource The client that sent the patch, which therefore is not sent the changes.
   * @throws {PatchError} If anything in the patch is invalid.
   */
  apply_json_patch(
    patch: { events: readonly PatchEvent[] },
    buffers?: ReadonlyMap<string, Uint8Array>,
    changeSource?: ChangeSource,
  ): void {
    applyPatch(this.#state, patch.events, buffers, changeSource);
  }

  /**
   * Replaces title, configuration and roots with those of a document in its JSON form.
   *
   * @throws {PatchError} If the JSON form is invalid. Then nothing is replaced.
   */
  replace_with_json(json: DocJson, buffers?: ReadonlyMap<string, Uint8Array>): void {
    replaceDocument(this.#state, json, buffers);
  }

  /**
   * Returns the errors and warnings of Bokeh's integrity checks: what is most likely a mistake in
   * the models.
   */
  validate(): ValidationIssue[] {
    return checkIntegrity(this.models, this.roots);
  }
}

/** Returns the state of a document. Only for this package: sessions use `DocumentSync`. */
export function stateOf(document: Document): DocumentState {
  return stateOfDocument(document);
}
