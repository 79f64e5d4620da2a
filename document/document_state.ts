/**
 * The state of a document, and the path of each of its changes.
 *
 * @module
 */

import { BokehEvent, type EventClass } from "../models/events.ts";
import type { ChangeSource, ModelChange } from "../models/base/host.ts";
import { DocumentConfig } from "../models/gen/classes.ts";
import type { Model } from "../models/base/model.ts";
import type { DeserializerLimits } from "../models/wire/deserializer.ts";
import { requireSerializable } from "../models/wire/serializable.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import { CallbackInvoker } from "./callbacks/callback_invoker.ts";
import { currentScope } from "./callbacks/callback_scope.ts";
import { DocumentCallbacks, requireFunction } from "./callbacks/document_callbacks.ts";
import { type Callback, type SessionCallback, SessionCallbacks } from "./callbacks/session_callbacks.ts";
import { changeEvent } from "./events/change_event.ts";
import type { HoldPolicy } from "./events/hold.ts";
import type { DocumentHost } from "./document_host.ts";
import { EventHub } from "./events/event_hub.ts";
import type { MessageRoute } from "./events/model_events.ts";
import { ModelSet, type ModelSetHost } from "./models/model_set.ts";
import { Roots } from "./models/roots.ts";
import { DocumentPage } from "./page/document_page.ts";
import type { PageHost } from "./page/page_host.ts";
import { PAGE_MESSAGE } from "./page/page_message.ts";
import { replacesValue, RetainedBytes, type RetainedBytesOptions } from "./patches/retained_bytes.ts";
import type { Theme } from "./themes/theme.ts";
import { changeTheme } from "./themes/theme_changes.ts";
import { type BinaryForm, type Snapshot, writeDocument } from "./wire/write_document.ts";

/** A callback whose parameter is the session's context, a type that refers to the document's. */
type LifecycleCallback = (context: never) => unknown;

/** Options of {@linkcode DocumentState}. */
export interface DocumentStateOptions {
  /** The document that authors hold. */
  document: object;
  /** The title. */
  title: string;
  /** Receives warnings about input from clients that was ignored. Discards them by default. */
  warn?: ((message: string) => void) | undefined;
  /** Limits of a patch or document from a client. */
  limits?: Partial<DeserializerLimits> | undefined;
  /** Limits of the memory that clients may make the document keep. Unlimited by default. */
  retention?: RetainedBytesOptions | undefined;
  /** Version of the BokehJS that shows the document. @default {BOKEH_VERSION} */
  bokehVersion?: string | undefined;
  /** Allocates the ids of models. By default they are `p1001`, `p1002`, … */
  allocateId?: (() => string) | undefined;
}

/**
 * Holds the state of one document and the services that work on it. A change takes this path: a
 * model (or a setter of the document) calls a method here, which stores the change and emits an
 * event; {@linkcode EventHub} delivers the event to sessions, to the callbacks of the model, and to
 * those of the document.
 *
 * `Document` is the API for authors, `DocumentSync` the API for sessions. Both work on this object.
 */
export class DocumentState implements ModelSetHost, PageHost {
  /** The document that authors hold. */
  readonly document: object;
  /** Runs the callbacks. */
  readonly invoker: CallbackInvoker;
  /** Delivers the events. */
  readonly events: EventHub;
  /** The models that the roots refer to. */
  readonly models: ModelSet;
  /** Limits of a patch or document from a client. */
  limits: Partial<DeserializerLimits>;
  /** Accounts for the memory that clients make the document keep, undefined without a limit. */
  retained: RetainedBytes | undefined;
  /** Version of the BokehJS that shows the document. */
  readonly bokehVersion: string;
  /** Receives warnings about input from clients that was ignored. */
  readonly warn: (message: string) => void;
  /** The session that serves the document; undefined if there is none. */
  host: DocumentHost | undefined;
  /** The configuration, which browsers receive with the document. */
  config: DocumentConfig = new DocumentConfig();
  /** Whether the session of the document was destroyed. */
  destroyed = false;
  /** Whether patches may define model classes. */
  acceptsDefinitions = false;
  /**
   * Whether a patch that refers to a removed model is ignored. Otherwise it is an error, as in
   * BokehJS.
   */
  ignoresLateReferences = true;
  /**
   * Values of the application that a session store keeps with the document; undefined if there are
   * none.
   */
  sessionState: Record<string, unknown> | undefined;
  /** Receives the models of the document to which the application adds callbacks. */
  onCallbackAdded: ((model: Model) => void) | undefined;
  readonly #allocateId: (() => string) | undefined;
  readonly #roots = new Roots();
  // Each session has a document, and most documents need few of these parts: each is created on
  // first use.
  #callbacks: DocumentCallbacks | undefined;
  #sessionCallbacks: SessionCallbacks | undefined;
  #lifecycleCallbacks: Record<"destroyed" | "resumed", Set<LifecycleCallback>> | undefined;
  /** The attributes that a session store does not keep. */
  #transient: WeakMap<Model, Set<string>> | undefined;
  /** Models that were sent without a required attribute. */
  #incomplete: WeakSet<Model> | undefined;
  /** The connected clients that may change the document; undefined before the first client. */
  #clients: Set<ChangeSource> | undefined;
  #page: DocumentPage | undefined;
  #hasClientRemovedRoot = false;
  #hasWarnedOfDestruction = false;
  #title: string;
  #theme: Theme | null = null;

  /** Creates the state of an empty document. */
  constructor(options: DocumentStateOptions) {
    const { document, title, warn = ignore, limits = NO_LIMITS, retention, bokehVersion = BOKEH_VERSION } = options;
    this.document = document;
    this.#title = title;
    this.warn = warn;
    this.limits = limits;
    this.retained = retention && new RetainedBytes(retention);
    this.bokehVersion = bokehVersion;
    this.#allocateId = options.allocateId;
    this.invoker = new CallbackInvoker(document);
    this.events = new EventHub(this.invoker);
    this.models = new ModelSet(this);
    this.models.attach(this.config);
  }

  /** The title of the page. */
  get title(): string {
    return this.#title;
  }

  /** The theme in force, null if there is none. */
  get theme(): Theme | null {
    return this.#theme;
  }

  /** The roots, in order. */
  get roots(): readonly Model[] {
    return this.#roots.list;
  }

  /** Callbacks for events and messages from clients. */
  get callbacks(): DocumentCallbacks {
    return this.#callbacks ??= new DocumentCallbacks(this.invoker);
  }

  /**
   * Callbacks that the session runs. A hold does not delay their events, because they are not
   * changes of the document.
   */
  get sessionCallbacks(): SessionCallbacks {
    return this.#sessionCallbacks ??= new SessionCallbacks(this.invoker, (event) => this.events.emitNow(event));
  }

  /** The callbacks that the session is to run. */
  get sessionCallbackList(): readonly SessionCallback[] {
    return this.#sessionCallbacks?.list() ?? [];
  }

  /** Makes the session call a function. */
  addSessionCallback(kind: SessionCallback["kind"], callback: Callback, milliseconds = 0): SessionCallback {
    this.ignoresChanges(); // warns that the callback will never run
    return this.sessionCallbacks.add(kind, milliseconds, callback);
  }

  /** Exchanges messages with the pages that show the document. */
  get page(): DocumentPage {
    return this.#page ??= new DocumentPage(this);
  }

  /** The client whose change the running code handles; undefined if it handles none. */
  get currentClient(): ChangeSource | undefined {
    return currentScope()?.root.client;
  }

  /** Whether a client has received the document. */
  get hasOpened(): boolean {
    return this.#clients !== undefined;
  }

  /** The connected clients that may change the document. */
  get interactiveClients(): ReadonlySet<ChangeSource> {
    return this.#clients ?? NO_CLIENTS;
  }

  /** Runs a callback of the application. */
  invoke(callback: () => unknown): void {
    this.invoker.invoke(callback);
  }

  /** Sends a message to the pages, or to one of them. */
  sendToPages(content: readonly unknown[], route?: MessageRoute): void {
    this.sendMessage(PAGE_MESSAGE, content, route);
  }

  /** Records that a client has received the document. */
  clientOpened(client: ChangeSource, mayChange: boolean): void {
    this.#clients ??= new Set();
    if (mayChange) this.#clients.add(client);
    this.#page?.clientOpened(client);
  }

  /** Records that a client has gone. */
  clientClosed(client: ChangeSource): void {
    this.#clients?.delete(client);
    this.#page?.clientClosed(client);
  }

  /** The same as {@linkcode page}, undefined if the application has not used it. */
  get usedPage(): DocumentPage | undefined {
    return this.#page;
  }

  /** The JavaScript callbacks of the document itself, by name of the event. */
  get jsEventCallbacks(): ReadonlyMap<string, readonly Model[]> {
    return this.#callbacks?.jsEventCallbacks ?? NO_JS_EVENTS;
  }

  /** Adds JavaScript callbacks of the document itself. */
  addJsEventCallbacks(event: EventClass | string, callbacks: readonly Model[]): void {
    this.models.invalidate(); // if one of the callbacks is refused, the next sweep removes the others
    for (const callback of callbacks) this.models.attach(callback, { hidden: true });
    this.callbacks.onJsEvent(event, callbacks);
    this.events.skip();
  }

  /** Whether a callback for `ConnectionLost` was added. */
  get hasConnectionLostCallbacks(): boolean {
    return this.#callbacks?.hasConnectionLostCallbacks ?? false;
  }

  /** Starts a hold. Warns if events are held by another policy, which then stays. */
  hold(policy: HoldPolicy): Disposable {
    const hold = this.ignoresChanges() ? NO_HOLD : this.events.hold(policy);
    if (hold !== undefined) return hold;
    this.warn(`Ignored a hold by ${policy}: events are held by ${this.events.holdPolicy}`);
    return NO_HOLD;
  }

  /**
   * Adds callbacks for the destruction or the resumption of the session. Adding one again has no
   * effect.
   */
  addLifecycleCallbacks(when: "destroyed" | "resumed", callbacks: readonly LifecycleCallback[]): void {
    const all = (this.#lifecycleCallbacks ??= { destroyed: new Set(), resumed: new Set() })[when];
    for (const callback of callbacks) all.add(requireFunction(callback, `the session being ${when}`));
  }

  /** Returns the callbacks for the destruction or the resumption of the session. */
  lifecycleCallbacks(when: "destroyed" | "resumed"): readonly LifecycleCallback[] {
    return [...this.#lifecycleCallbacks?.[when] ?? []];
  }

  /**
   * Excludes attributes of a model from what a session store keeps.
   *
   * @throws {TypeError} If the model does not have one of the attributes.
   */
  setTransient(model: Model, attrs: readonly string[]): void {
    const unknown = attrs.find((attr) => model.spec.property(attr) === undefined);
    if (unknown !== undefined) {
      throw new TypeError(`Cannot make ${model.type}.${unknown} transient: there is no such attribute`);
    }
    const all = this.#transient ??= new WeakMap();
    all.set(model, new Set([...all.get(model) ?? [], ...attrs]));
  }

  /** Returns whether a session store does not keep an attribute of a model. */
  isTransient(model: Model, attr: string): boolean {
    return this.#transient?.get(model)?.has(attr) ?? false;
  }

  /** Passes on that the application has added a callback to a model. */
  callbackAdded(model: Model): void {
    this.onCallbackAdded?.(model);
  }

  /** Emits the event of a change of a model and runs the callbacks of the model. */
  modelChanged(change: ModelChange<Model>): void {
    const { model, attr, old, value } = change;
    if (!this.models.has(model)) return;
    if (attr === "name") this.models.rename(model, old, value);
    if (this.events.isQuiet) return;
    if (change.changeSource === undefined && replacesValue(change)) this.retained?.forget(model, attr);
    const callbacks = model.changeCallbacks(attr);
    const runModelCallbacks = callbacks.length === 0 ? undefined : () => {
      for (const callback of callbacks) this.invoker.invoke(callback, attr, old, value);
    };
    if (this.events.isObserved) this.events.emit(changeEvent(change), runModelCallbacks);
    else runModelCallbacks?.();
  }

  /**
   * Calls a function that restores an earlier state of the document. Its changes emit no events and
   * run no callbacks, and the limits for clients do not apply: the changes were checked when they
   * were made.
   */
  restore(fn: () => void): void {
    const { limits, retained, acceptsDefinitions } = this;
    this.limits = NO_LIMITS;
    this.retained = undefined;
    this.acceptsDefinitions = true;
    try {
      this.events.quietly(fn);
    } finally {
      this.limits = limits;
      this.retained = retained;
      this.acceptsDefinitions = acceptsDefinitions;
    }
  }

  /** Adds a root. Has no effect if the model is one already. */
  addRoot(model: Model, changeSource?: ChangeSource): void {
    if (this.ignoresChanges() || this.#roots.has(model)) return;
    // A client forgets a root that it removes. If a callback adds the root again, the client must
    // receive it in full.
    if (changeSource === undefined && this.#hasClientRemovedRoot) {
      this.#hasClientRemovedRoot = false;
      this.models.sweep();
    }
    this.models.attach(model);
    this.#roots.add(model);
    this.events.emit({ kind: "RootAdded", model, ...fieldOf(changeSource) });
  }

  /** Removes a root. Has no effect if the model is not one. */
  removeRoot(model: Model, changeSource?: ChangeSource): void {
    if (this.ignoresChanges() || !this.#roots.has(model)) return;
    this.#roots.delete(model);
    this.models.invalidate();
    if (changeSource !== undefined) this.#hasClientRemovedRoot = true;
    this.events.emit({ kind: "RootRemoved", model, ...fieldOf(changeSource) });
  }

  /**
   * Sets the title.
   *
   * @throws {TypeError} If the title is not a string.
   */
  setTitle(title: string, changeSource?: ChangeSource): void {
    if (typeof title !== "string") throw new TypeError(`Cannot set the title: ${String(title)} is not a string`);
    if (this.ignoresChanges() || title === this.#title) return;
    this.#title = title;
    this.events.emit({ kind: "TitleChanged", title, ...fieldOf(changeSource) });
  }

  /** Sets the theme and emits an event for each attribute whose value changes with it. */
  setTheme(theme: Theme | null): void {
    if (theme === this.#theme) return;
    const themes = { before: this.#theme, after: theme };
    const changes = changeTheme(this.models.all, themes, () => this.#theme = theme);
    for (const change of changes) this.modelChanged(change);
  }

  /**
   * Calls a function during which another theme is in force. Emits no events, so that the function
   * must not change or send anything.
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

  /**
   * Sends a message to all clients, or to some of them.
   *
   * @throws {TypeError} If the data cannot be serialized.
   */
  sendMessage(type: string, data: unknown, route: MessageRoute = {}): void {
    if (this.ignoresChanges()) return;
    if (!(data instanceof BokehEvent)) requireSerializable(`send a message of type ${type}`, data);
    this.events.emit({ kind: "MessageSent", msg_type: type, msg_data: data, ...route });
  }

  /** Sends an event of a model to all clients. */
  sendEvent(event: BokehEvent): void {
    this.sendMessage("bokeh_event", event);
  }

  /** Handles a message from a client: runs its callbacks. */
  receiveMessage(type: string, data: unknown, changeSource?: ChangeSource): void {
    if (type === PAGE_MESSAGE) this.#page?.receive(data, changeSource);
    this.callbacks.runMessageCallbacks(type, data);
  }

  /**
   * Returns whether the session was destroyed, so that changes have no effect. Warns the first
   * time: timers that an application did not stop go on calling methods of the document, and must
   * not fail.
   */
  ignoresChanges(): boolean {
    if (this.destroyed && !this.#hasWarnedOfDestruction) {
      this.#hasWarnedOfDestruction = true;
      this.warn("Ignored a change of a document whose session was destroyed: stop timers in on_session_destroyed");
    }
    return this.destroyed;
  }

  /** Returns the next unused model id. */
  allocateId(): string {
    return this.#allocateId?.() ?? this.models.allocateId();
  }

  /** Adds a model and everything it refers to. */
  attach(model: Model): void {
    this.models.attach(model);
  }

  /** Marks the set of models as out of date: some may no longer be referred to. */
  invalidate(): void {
    this.models.invalidate();
  }

  /** Returns the attributes that the theme sets for a model type, null if there are none. */
  themeFor(type: string): ReadonlyMap<string, unknown> | null {
    return this.#theme?.forType(type) ?? null;
  }

  /**
   * Reports a required attribute without a value, once for each model. The rest of the model is
   * sent, because one mistake must not block all other changes of a session.
   *
   * @throws `error` if the document has no session.
   */
  valueMissing(model: Model, error: Error): void {
    const { onBackgroundError } = this.invoker;
    if (onBackgroundError === undefined) throw error;
    if (this.#incomplete?.has(model)) return;
    (this.#incomplete ??= new WeakSet()).add(model);
    if (this.models.isOfClient(model)) this.warn(`A client created an incomplete model: ${error.message}`);
    else onBackgroundError(error);
  }

  /** Yields the models from which clients find all others: the roots and the configuration. */
  *referenceRoots(): Iterable<Model> {
    yield* this.roots;
    yield this.config;
  }

  /**
   * Yields the JavaScript callbacks of the document itself. BokehJS forgets the models that only
   * these refer to.
   */
  *hiddenReferenceRoots(): Iterable<Model> {
    for (const callbacks of this.jsEventCallbacks.values()) yield* callbacks;
  }

  /**
   * Writes the document. Does not record that a client knows its models.
   *
   * @param form Without `deferred`, binary data is written into the document.
   */
  write(form: BinaryForm): Snapshot {
    this.models.sweep();
    return writeDocument({
      version: this.bokehVersion,
      title: this.#title,
      config: this.config,
      roots: this.roots,
      classes: this.models.classes,
      nextArrival: () => this.models.nextArrival(),
      callbacks: this.jsEventCallbacks,
    }, form);
  }

  /** Releases all models, subscribers and callbacks when the session is destroyed. */
  clear(): void {
    this.events.clear();
    this.#page?.clear();
    this.#callbacks?.clear();
    this.#roots.clear();
    this.models.clear();
    this.retained?.clear();
  }
}

const NO_LIMITS: Partial<DeserializerLimits> = {};
const NO_CLIENTS: ReadonlySet<ChangeSource> = new Set();
const NO_JS_EVENTS: ReadonlyMap<string, readonly Model[]> = new Map();

const NO_HOLD: Disposable = { [Symbol.dispose]() {} };

function ignore(): void {}

function fieldOf(changeSource: ChangeSource | undefined): { changeSource?: ChangeSource } {
  return changeSource === undefined ? {} : { changeSource };
}
