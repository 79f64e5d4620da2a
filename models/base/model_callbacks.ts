/**
 * What every model does about events and about JavaScript that runs in the browser.
 *
 * @module
 */

import type { BokehEvent, EventClass } from "../events/event.ts";
import { event_class, event_names } from "../events/event_registry.ts";
import type { ModelLike } from "./model_like.ts";
import { modelClass } from "../spec/registry.ts";
import { suggest } from "../diagnostics/suggest.ts";

/** Hears of an event that a client sent. What it returns is awaited before its changes reach clients. */
export type EventCallback<E = BokehEvent> = (event: E) => unknown;

/** Methods of every model about events and about JavaScript that runs in the browser. */
export interface ModelCallbackMethods<M extends ModelLike> {
  /**
   * Calls functions whenever clients send an event of this model.
   *
   * @param event The class of events, or its name on the wire.
   * @param callbacks The functions; they get the event and may be async.
   */
  on_event<E extends BokehEvent>(event: EventClass<E>, ...callbacks: EventCallback<E>[]): void;
  /** Calls functions whenever clients send an event of this model, given by its name. */
  on_event(event: string, ...callbacks: EventCallback[]): void;
  /** Calls functions whenever clients send an event of this model, given by its name; they say themselves what it has. */
  on_event(event: string, ...callbacks: EventCallback<never>[]): void;
  /** Stops calling a function that `on_event` was given. Throws an Error where it was not. */
  remove_on_event(event: string | EventClass, callback: EventCallback<never>): void;
  /** The functions that listen for events of a name. */
  eventCallbacks(name: string): readonly EventCallback[];
  /**
   * Runs JavaScript in the browser when an attribute changes there.
   *
   * @param attr The attribute, or a signal of the browser's model, as `change:value`.
   * @param callbacks What to run, mostly `CustomJS`.
   */
  js_on_change(attr: string, ...callbacks: M[]): void;
  /**
   * Runs JavaScript in the browser when an event of this model happens there.
   *
   * @throws {TypeError} if there is no event of the name.
   */
  js_on_event(event: string | EventClass, ...callbacks: M[]): void;
  /**
   * Keeps an attribute of another model equal to one of this model, in the browser alone.
   *
   * @param attr The attribute of this model.
   * @param other The other model.
   * @param other_attr The attribute of the other model.
   * @param attr_selector Takes this item of the value only, where the value is a list or an object.
   */
  js_link(attr: string, other: M, other_attr: string, attr_selector?: number | string): void;
}

/** Where a model keeps its callbacks. Few models have any: a field would cost all of them, a WeakMap the collector's time. */
const EVENT_CALLBACKS = Symbol("event callbacks");

/** The attributes of every model in which it stores callbacks that run in the browser. */
interface CallbackModel extends ModelLike, ModelCallbackMethods<ModelLike> {
  js_event_callbacks: Record<string, ModelLike[]>;
  js_property_callbacks: Record<string, ModelLike[]>;
  subscribed_events: Set<string>;
}

type Listening = CallbackModel & { [EVENT_CALLBACKS]?: Map<string, readonly EventCallback[]> };

function callbacksOf(model: Listening): Map<string, readonly EventCallback[]> | undefined {
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

/** Adds callbacks under a name; those that are there already are not added again. */
function withCallbacks(
  all: Record<string, ModelLike[]>,
  name: string,
  added: ModelLike[],
): Record<string, ModelLike[]> {
  const present = all[name] ?? [];
  return { ...all, [name]: [...present, ...added.filter((callback) => !present.includes(callback))] };
}

/** The implementation, for the prototype of all models. */
export const modelCallbackMethods: ModelCallbackMethods<ModelLike> & ThisType<CallbackModel> = {
  on_event(event: string | EventClass, ...callbacks: EventCallback<never>[]): void {
    const name = nameOf(event);
    const all = (this as Listening)[EVENT_CALLBACKS] ??= new Map();
    const listening = all.get(name) ?? [];
    all.set(name, [
      ...listening,
      ...(callbacks as EventCallback[]).filter((callback) => !listening.includes(callback)),
    ]);
    if (!this.subscribed_events.has(name)) this.subscribed_events = new Set([...this.subscribed_events, name]);
  },

  remove_on_event(event: string | EventClass, callback: EventCallback<never>): void {
    const name = nameOf(event);
    const listening = callbacksOf(this)?.get(name) ?? [];
    if (!listening.includes(callback as EventCallback)) {
      throw new Error(`Cannot remove a callback of ${name} of ${this.type}: it was not added`);
    }
    callbacksOf(this)?.set(name, listening.filter((other) => other !== callback));
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
