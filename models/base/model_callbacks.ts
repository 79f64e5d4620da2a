/**
 * The methods of all models for callbacks of events and for JavaScript callbacks in the browser.
 *
 * @module
 */

import type { BokehEvent, EventClass } from "../events/event.ts";
import { event_class, event_names } from "../events/event_registry.ts";
import type { ModelLike } from "./model_like.ts";
import { modelClass } from "../spec/registry.ts";
import { suggest } from "../diagnostics/suggest.ts";

/**
 * A callback for an event of a client. A promise that it returns is awaited before its changes are
 * sent to clients.
 */
export type EventCallback<E = BokehEvent> = (event: E) => unknown;

/**
 * The methods of all models for callbacks of events and for JavaScript callbacks in the browser.
 */
export interface ModelCallbackMethods<M extends ModelLike> {
  /**
   * Calls functions for each event of this model that a client sends.
   *
   * @param event The class of events, or its name on the wire.
   * @param callbacks The functions, which receive the event and may be async. A function that was
   * added before is not added again.
   */
  on_event<E extends BokehEvent>(event: EventClass<E>, ...callbacks: EventCallback<E>[]): void;
  /** Calls functions for each event of this model with a name. */
  on_event(event: string, ...callbacks: EventCallback[]): void;
  /**
   * Calls functions for each event of this model with a name. The functions declare the type of the
   * event themselves.
   */
  on_event(event: string, ...callbacks: EventCallback<never>[]): void;
  /**
   * Removes a callback that was added with `on_event`.
   *
   * @throws {Error} If the callback was not added.
   */
  remove_on_event(event: string | EventClass, callback: EventCallback<never>): void;
  /** Returns the callbacks for events with a name. */
  eventCallbacks(name: string): readonly EventCallback[];
  /**
   * Runs JavaScript in the browser when an attribute changes there.
   *
   * @param attr The attribute, or a signal of the model in BokehJS, for example `change:value`.
   * @param callbacks The callbacks, usually `CustomJS`. A callback that was added before is not
   * added again.
   * @throws {TypeError} If no callback is given.
   */
  js_on_change(attr: string, ...callbacks: M[]): void;
  /**
   * Runs JavaScript in the browser when an event of this model occurs there.
   *
   * @param event The class of events, or its name on the wire.
   * @param callbacks The callbacks, usually `CustomJS`. A callback that was added before is not
   * added again.
   * @throws {TypeError} If there is no event of that name.
   */
  js_on_event(event: string | EventClass, ...callbacks: M[]): void;
  /**
   * Sets an attribute of another model whenever an attribute of this model changes, in the browser
   * and without a server.
   *
   * @param attr The attribute of this model.
   * @param other The other model.
   * @param other_attr The attribute of the other model.
   * @param attr_selector The index or key of the item to copy, if the value is a list or an object.
   * @throws {TypeError} If one of the models does not have its attribute.
   */
  js_link(attr: string, other: M, other_attr: string, attr_selector?: number | string): void;
}

/**
 * The property in which a model stores its callbacks for events. Few models have such callbacks: a
 * field would cost memory in all models, and a `WeakMap` would make garbage collection slower.
 */
const EVENT_CALLBACKS = Symbol("event callbacks");

/** A model with the members that store its callbacks and the names of its events. */
interface CallbackModel extends ModelLike, ModelCallbackMethods<ModelLike> {
  js_event_callbacks: Record<string, ModelLike[]>;
  js_property_callbacks: Record<string, ModelLike[]>;
  subscribed_events: Set<string>;
  [EVENT_CALLBACKS]?: Map<string, readonly EventCallback[]>;
}

function callbacksOf(model: CallbackModel): Map<string, readonly EventCallback[]> | undefined {
  return model[EVENT_CALLBACKS];
}

function nameOf(event: string | EventClass): string {
  return typeof event === "string" ? event : event.event_name;
}

function requireAttribute(model: ModelLike, attr: string): void {
  if (model.spec.property(attr) === undefined) {
    throw new TypeError(`Cannot link ${model.type}.${attr}: there is no such attribute`);
  }
}

/**
 * Returns the callbacks with more of them under a name. Those that are present are not added again.
 */
function withCallbacks(
  all: Record<string, ModelLike[]>,
  name: string,
  added: ModelLike[],
): Record<string, ModelLike[]> {
  const present = all[name] ?? [];
  return { ...all, [name]: [...present, ...added.filter((callback) => !present.includes(callback))] };
}

/** The implementation of {@linkcode ModelCallbackMethods}, for the prototype of `Model`. */
export const modelCallbackMethods: ModelCallbackMethods<ModelLike> & ThisType<CallbackModel> = {
  on_event(event: string | EventClass, ...callbacks: EventCallback<never>[]): void {
    const name = nameOf(event);
    const all = this[EVENT_CALLBACKS] ??= new Map();
    const present = all.get(name) ?? [];
    all.set(name, [
      ...present,
      ...(callbacks as EventCallback[]).filter((callback) => !present.includes(callback)),
    ]);
    if (!this.subscribed_events.has(name)) this.subscribed_events = new Set([...this.subscribed_events, name]);
    this.membership?.host.callbackAdded(this);
  },

  remove_on_event(event: string | EventClass, callback: EventCallback<never>): void {
    const name = nameOf(event);
    const present = callbacksOf(this)?.get(name) ?? [];
    if (!present.includes(callback as EventCallback)) {
      throw new Error(`Cannot remove a callback of ${name} of ${this.type}: it was not added`);
    }
    callbacksOf(this)?.set(name, present.filter((other) => other !== callback));
  },

  eventCallbacks(name: string): readonly EventCallback[] {
    return callbacksOf(this)?.get(name) ?? [];
  },

  js_on_change(attr: string, ...callbacks: ModelLike[]): void {
    if (callbacks.length === 0) throw new TypeError("Cannot run JavaScript on a change: no callback was given");
    const signal = this.spec.property(attr) === undefined ? attr : `change:${attr}`;
    this.js_property_callbacks = withCallbacks(this.js_property_callbacks, signal, callbacks);
  },

  js_on_event(event: string | EventClass, ...callbacks: ModelLike[]): void {
    const name = nameOf(event);
    if (event_class(name) === undefined) {
      const similar = suggest(name, event_names());
      throw new TypeError(`Cannot run JavaScript on ${name}: there is no such event${similar}`);
    }
    this.js_event_callbacks = withCallbacks(this.js_event_callbacks, name, callbacks);
  },

  js_link(attr: string, other: ModelLike, other_attr: string, attr_selector?: number | string): void {
    requireAttribute(this, attr);
    requireAttribute(other, other_attr);
    const CustomJS = modelClass("CustomJS");
    if (CustomJS === undefined) throw new TypeError("Cannot link attributes: there is no class CustomJS");
    const item = attr_selector === undefined ? "" : `[${JSON.stringify(attr_selector)}]`;
    const code = `other.${other_attr} = this.${attr}${item}`;
    this.js_on_change(attr, new CustomJS({ args: { other }, code }));
  },
};
