/**
 * The callbacks of a document: for its changes, for events and messages of clients, and for its end.
 *
 * @module
 */

import {
  BokehEvent,
  ConnectionLost,
  DocumentEvent as BokehDocumentEvent,
  event_class,
  type EventClass,
  ModelEvent,
} from "../../models/events.ts";
import type { Model } from "../../models/base/model.ts";
import { modelClass } from "../../models/spec/registry.ts";
import type { DocumentChangeCallback, DocumentEvent } from "../events/events.ts";
import type { SessionContext } from "../session_context.ts";

/** Hears of an event of a client. */
export type DocumentEventCallback<E = BokehEvent> = (event: E) => unknown;

/** Hears of a message of a client. */
export type MessageCallback = (data: unknown) => unknown;

/** Hears that the session of the document has ended. */
export type SessionDestroyedCallback = (context: SessionContext) => unknown;

/** Runs a callback of an author: with the right current document, and waiting for what it leaves under way. */
export type Invoke = <A extends unknown[]>(callback: (...args: A) => unknown, ...args: A) => void;

/** The callbacks of one document. Most documents have few kinds of them, so nothing is made before it is needed. */
export class DocumentCallbacks {
  readonly #invoke: Invoke;
  readonly #sendEvent: (event: BokehEvent) => void;
  #change: Set<DocumentChangeCallback> | undefined;
  #events: Map<string, DocumentEventCallback[]> | undefined;
  #messages: Map<string, MessageCallback[]> | undefined;
  #jsEvents: Map<string, Model[]> | undefined;
  #destroyed: Set<SessionDestroyedCallback> | undefined;

  /** @param invoke Runs a callback of an author. @param sendEvent Sends an event to all clients. */
  constructor(invoke: Invoke, sendEvent: (event: BokehEvent) => void) {
    this.#invoke = invoke;
    this.#sendEvent = sendEvent;
  }

  /** Sends an event to all clients. */
  send_event(event: BokehEvent): void {
    this.#sendEvent(event);
  }

  /** Adds functions that hear of each change of the document. One that is there already is not added again. */
  on_change(...callbacks: DocumentChangeCallback[]): void {
    const all = this.#change ??= new Set();
    for (const callback of callbacks) all.add(requireFunction(callback, "a change of the document"));
  }

  /** Removes functions that hear of changes. Throws an Error for one that was not added. */
  remove_on_change(...callbacks: DocumentChangeCallback[]): void {
    for (const callback of callbacks) {
      if (!this.#change?.delete(callback)) throw new Error("Cannot remove the callback of changes: it was not added");
    }
  }

  /** Adds functions that hear of an event of the whole document, as `DocumentReady`. */
  on_event(event: EventClass | string, ...callbacks: DocumentEventCallback<never>[]): void {
    const name = documentEventName(event);
    for (const callback of callbacks) requireFunction(callback, name);
    append(this.#events ??= new Map(), name, callbacks as DocumentEventCallback[]);
  }

  /** Adds models of JavaScript callbacks that browsers run on an event of the whole document. */
  js_on_event(event: EventClass | string, ...callbacks: Model[]): void {
    const name = documentEventName(event);
    const Callback = modelClass("Callback");
    for (const callback of callbacks) {
      if (Callback !== undefined && !callback.isA("Callback")) {
        throw new TypeError(`Cannot run ${callback} on ${name}: it is no callback model as CustomJS`);
      }
    }
    append(this.#jsEvents ??= new Map(), name, callbacks);
  }

  /** Replaces all models of JavaScript callbacks. */
  replaceJsEvents(callbacks: ReadonlyMap<string, readonly Model[]>): void {
    const all = this.#jsEvents = new Map<string, Model[]>();
    for (const [name, models] of callbacks) append(all, name, models);
  }

  /** The models of JavaScript callbacks, by name of the event. */
  get js_event_callbacks(): ReadonlyMap<string, readonly Model[]> {
    return this.#jsEvents ?? NO_EVENTS;
  }

  /** Adds functions that hear of messages of clients of a type. */
  on_message(type: string, ...callbacks: MessageCallback[]): void {
    for (const callback of callbacks) requireFunction(callback, `messages of type ${type}`);
    append(this.#messages ??= new Map(), type, callbacks);
  }

  /** Removes a function that hears of messages. Does nothing where it was not added. */
  remove_on_message(type: string, callback: MessageCallback): void {
    const callbacks = this.#messages?.get(type) ?? [];
    const at = callbacks.indexOf(callback);
    if (at >= 0) this.#messages?.set(type, callbacks.toSpliced(at, 1));
  }

  /** Adds functions that run when the session of the document ends. One that is there already is not added again. */
  on_session_destroyed(...callbacks: SessionDestroyedCallback[]): void {
    const all = this.#destroyed ??= new Set();
    for (const callback of callbacks) all.add(requireFunction(callback, "the end of the session"));
  }

  /** The functions that run when the session of the document ends. */
  get session_destroyed_callbacks(): readonly SessionDestroyedCallback[] {
    return [...this.#destroyed ?? []];
  }

  /** Whether anyone hears of changes. */
  get hearsChanges(): boolean {
    return this.#change !== undefined && this.#change.size > 0;
  }

  /** Runs the functions that hear of changes. */
  changed(event: DocumentEvent): void {
    if (!this.hearsChanges) return;
    for (const callback of [...this.#change ?? []]) this.#invoke(callback, event);
  }

  /** Runs the functions that hear of a message of a client. */
  received(type: string, data: unknown): void {
    if (data instanceof BokehEvent) this.#happened(data);
    for (const callback of this.#messages?.get(type) ?? []) this.#invoke(callback, data);
  }

  /** Whether anyone hears of connections that are lost. */
  get hearsLostConnections(): boolean {
    return this.#events?.has(ConnectionLost.event_name) ?? false;
  }

  /** Runs the functions that hear of connections that are lost: browsers cannot tell of it themselves. */
  connectionLost(): void {
    this.#happened(new ConnectionLost());
  }

  /** Forgets all callbacks. */
  clear(): void {
    this.#change = undefined;
    this.#events = undefined;
    this.#messages = undefined;
    this.#jsEvents = undefined;
    this.#destroyed = undefined;
  }

  #happened(event: BokehEvent): void {
    const name = event.event_name;
    const ofModel = event instanceof ModelEvent ? event.model?.eventCallbacks(name) ?? [] : [];
    for (const callback of [...ofModel, ...this.#events?.get(name) ?? []]) this.#invoke(callback, event);
  }
}

const NO_EVENTS: ReadonlyMap<string, readonly Model[]> = new Map();

function append<T>(all: Map<string, T[]>, name: string, added: readonly T[]): void {
  all.set(name, [...all.get(name) ?? [], ...added]);
}

function requireFunction<F>(callback: F, what: string): F {
  if (typeof callback !== "function") {
    throw new TypeError(`Cannot listen to ${what}: ${String(callback)} is no function`);
  }
  return callback;
}

/**
 * The name of an event of documents.
 *
 * @param event The class of the event, or its name.
 * @throws {TypeError} Where there is no such event, or it is one of models.
 */
export function documentEventName(event: EventClass | string): string {
  const cls = typeof event === "string" ? event_class(event) : event;
  if (cls === undefined) throw new TypeError(`Cannot listen to ${String(event)}: there is no such event`);
  if (!(cls.prototype instanceof BokehDocumentEvent)) {
    throw new TypeError(
      `Cannot listen to ${cls.event_name} of a document: it is an event of models, use on_event of the model`,
    );
  }
  return cls.event_name;
}
