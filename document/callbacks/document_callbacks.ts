/**
 * The callbacks of a document for events and messages from clients.
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
import type { CallbackInvoker } from "./callback_invoker.ts";

/** Receives an event from a client. */
export type DocumentEventCallback<E = BokehEvent> = (event: E) => unknown;

/** Receives the data of a message from a client. */
export type MessageCallback = (data: unknown) => unknown;

/**
 * The callbacks of one document. Most documents have none of some types, so each table is created
 * on first use.
 */
export class DocumentCallbacks {
  readonly #invoker: CallbackInvoker;
  #events: Map<string, DocumentEventCallback[]> | undefined;
  #messages: Map<string, MessageCallback[]> | undefined;
  #jsEvents: Map<string, Model[]> | undefined;

  /** @param invoker Runs the callbacks. */
  constructor(invoker: CallbackInvoker) {
    this.#invoker = invoker;
  }

  /**
   * Adds callbacks for an event of the whole document, such as `DocumentReady`.
   *
   * @throws {TypeError} If there is no such event, or it is an event of models.
   */
  onEvent(event: EventClass | string, callbacks: readonly DocumentEventCallback<never>[]): void {
    const name = documentEventName(event);
    for (const callback of callbacks) requireFunction(callback, name);
    append(this.#events ??= new Map(), name, callbacks as readonly DocumentEventCallback[]);
  }

  /**
   * Adds JavaScript callbacks, which browsers run on an event of the whole document.
   *
   * @throws {TypeError} If there is no such event, or one of the models is not a callback.
   */
  onJsEvent(event: EventClass | string, callbacks: readonly Model[]): void {
    const name = documentEventName(event);
    const Callback = modelClass("Callback");
    for (const callback of callbacks) {
      if (Callback !== undefined && !callback.isA("Callback")) {
        throw new TypeError(`Cannot run ${callback} on ${name}: it is not a callback model such as CustomJS`);
      }
    }
    append(this.#jsEvents ??= new Map(), name, callbacks);
  }

  /** The JavaScript callbacks, by name of the event. */
  get jsEventCallbacks(): ReadonlyMap<string, readonly Model[]> {
    return this.#jsEvents ?? NO_EVENTS;
  }

  /** Replaces all JavaScript callbacks. */
  replaceJsEventCallbacks(callbacks: ReadonlyMap<string, readonly Model[]>): void {
    const all = this.#jsEvents = new Map<string, Model[]>();
    for (const [name, models] of callbacks) append(all, name, models);
  }

  /** Adds callbacks for messages of a type. */
  onMessage(type: string, callbacks: readonly MessageCallback[]): void {
    for (const callback of callbacks) requireFunction(callback, `messages of type ${type}`);
    append(this.#messages ??= new Map(), type, callbacks);
  }

  /** Removes a callback for messages of a type. Has no effect if it was not added. */
  removeOnMessage(type: string, callback: MessageCallback): void {
    const callbacks = this.#messages?.get(type) ?? [];
    const index = callbacks.indexOf(callback);
    if (index >= 0) this.#messages?.set(type, callbacks.toSpliced(index, 1));
  }

  /** Runs the callbacks for a message from a client. The message `bokeh_event` carries an event. */
  runMessageCallbacks(type: string, data: unknown): void {
    if (data instanceof BokehEvent) this.#runEventCallbacks(data);
    for (const callback of this.#messages?.get(type) ?? []) this.#invoker.invoke(callback, data);
  }

  /** Whether a callback for `ConnectionLost` was added. */
  get hasConnectionLostCallbacks(): boolean {
    return this.#events?.has(ConnectionLost.event_name) ?? false;
  }

  /** Runs the callbacks for `ConnectionLost`, which no browser can send. */
  runConnectionLostCallbacks(): void {
    this.#runEventCallbacks(new ConnectionLost());
  }

  /** Removes all callbacks. */
  clear(): void {
    this.#events = undefined;
    this.#messages = undefined;
    this.#jsEvents = undefined;
  }

  #runEventCallbacks(event: BokehEvent): void {
    const name = event.event_name;
    const ofModel = event instanceof ModelEvent ? event.model?.eventCallbacks(name) ?? [] : [];
    for (const callback of [...ofModel, ...this.#events?.get(name) ?? []]) this.#invoker.invoke(callback, event);
  }
}

const NO_EVENTS: ReadonlyMap<string, readonly Model[]> = new Map();

function append<T>(all: Map<string, T[]>, name: string, added: readonly T[]): void {
  all.set(name, [...all.get(name) ?? [], ...added]);
}

/**
 * Returns a callback that is a function.
 *
 * @param callback What the author passed.
 * @param what What the callback is for, as the error names it.
 * @throws {TypeError} If it is not a function.
 */
export function requireFunction<F>(callback: F, what: string): F {
  if (typeof callback !== "function") {
    throw new TypeError(`Cannot listen to ${what}: ${String(callback)} is not a function`);
  }
  return callback;
}

/**
 * Returns the name of an event of documents.
 *
 * @param event The class of the event, or its name.
 * @throws {TypeError} If there is no such event, or it is an event of models.
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
