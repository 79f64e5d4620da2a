/**
 * The callbacks that `on_change` adds to a model.
 *
 * @module
 */

import { propertyOf } from "./attribute_values.ts";
import type { ModelLike } from "./model_like.ts";

/**
 * A callback for changes of an attribute. In a transaction of a session, a promise that it returns
 * is awaited before the change is sent to clients.
 */
export type ChangeCallback = (attr: string, old: unknown, value: unknown) => unknown;

/** A callback and the attribute whose changes it receives. */
export interface Listener {
  /** Name of the attribute; for an alias, the name of the attribute that it stands for. */
  readonly attr: string;
  /** The callback. */
  readonly callback: ChangeCallback;
}

const NO_CALLBACKS: readonly ChangeCallback[] = [];

/**
 * Returns a listener for each combination of an attribute and a callback in the arguments of
 * `on_change` or `remove_on_change`. Does not add the listeners to the model.
 *
 * @param model The model.
 * @param action What the caller does, for error messages, such as `listen for changes`.
 * @param args Names of attributes, then callbacks.
 * @throws {TypeError} If the model does not have one of the attributes, if no attribute or no
 * callback is given, or if an argument after the names is not a function.
 */
export function listenersOf(model: ModelLike, action: string, args: readonly unknown[]): Listener[] {
  const firstCallback = args.findIndex((arg) => typeof arg !== "string");
  const names = args.slice(0, firstCallback < 0 ? args.length : firstCallback) as string[];
  const callbacks = args.slice(names.length);
  if (callbacks.length === 0 || !callbacks.every(isFunction)) {
    throw new TypeError(`Cannot ${action} of ${model.type}: expected names of attributes and then functions`);
  }
  if (names.length === 0) throw new TypeError(`Cannot ${action} of ${model.type}: no attribute was given`);
  const attrs = names.map((attr) => propertyOf(model, attr).attr);
  return attrs.flatMap((attr) => callbacks.map((callback) => ({ attr, callback })));
}

/** Returns whether a list contains a listener with the same attribute and callback. */
export function hasListener(listeners: readonly Listener[], { attr, callback }: Listener): boolean {
  return listeners.some((listener) => listener.attr === attr && listener.callback === callback);
}

/** Returns the callbacks for changes of an attribute, in the order in which they were added. */
export function callbacksFor(listeners: readonly Listener[] | undefined, attr: string): readonly ChangeCallback[] {
  if (listeners === undefined) return NO_CALLBACKS;
  const callbacks: ChangeCallback[] = [];
  for (const listener of listeners) {
    if (listener.attr === attr) callbacks.push(listener.callback);
  }
  return callbacks;
}

function isFunction(value: unknown): value is ChangeCallback {
  return typeof value === "function";
}
