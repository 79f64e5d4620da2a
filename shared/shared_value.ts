import type { Document } from "../document/document.ts";
import { syncOf } from "../document/document_sync.ts";
import { DocumentListeners } from "./document_listeners.ts";
import { publishChange } from "./shared_channel.ts";
import { findSharedData, registerSharedData, type SharedData, type SharedStatistics } from "./shared_data.ts";

/** A value that JSON can represent. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | {
  readonly [name: string]: JsonValue;
};

/** The type of all values of the kind of a literal: `number` for `0`. */
export type Widened<T> = T extends number ? number : T extends string ? string : T extends boolean ? boolean : T;

/**
 * Returns a value that all sessions of the server share, in all processes of `--num-procs`
 * and in all servers that share a session store.
 *
 * Call it once for each name, when the module of the application is loaded. Another call with the
 * same name returns the same object, and ignores the first value.
 *
 * @param name Name of the value: the same in all processes.
 * @param initial The first value.
 * @throws {TypeError} If the name is empty or that of a shared source.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { Document } from "@bokeh/server";
 * import { Div } from "@bokeh/server/models";
 * import { sharedValue } from "@bokeh/server/shared";
 * import { openSession } from "@bokeh/server/testing";
 *
 * const status = sharedValue("status", "starting");
 *
 * function app(doc: Document): void {
 *   const div = new Div({ text: status.value });
 *   status.onChange(doc, (text) => div.text = text);
 *   doc.add_root(div);
 * }
 *
 * await using session = await openSession(app);
 * status.set("ready");
 * await session.settled();
 * assertEquals(session.doc.select_one(Div).text, "ready");
 * ```
 */
export function sharedValue<T extends JsonValue>(name: string, initial: T): SharedValue<Widened<T>> {
  const existing = findSharedData("value", name);
  if (existing instanceof SharedValue) return existing;
  if (existing !== undefined) {
    throw new TypeError(`Cannot share value ${JSON.stringify(name)}: a shared source has this name`);
  }
  const value = new SharedValue<Widened<T>>(name, initial as Widened<T>);
  registerSharedData(value);
  return value;
}

/** A value that all sessions of a server share: see {@linkcode sharedValue}. */
export class SharedValue<T = JsonValue> implements SharedData {
  /** The name. */
  readonly name: string;
  /** All values have the same. @internal */
  readonly shape = "value";
  #value: T;
  #changes = 0;
  readonly #listeners: DocumentListeners<T> = new DocumentListeners({ whole: () => this.#value });

  /** Use {@linkcode sharedValue}. @internal */
  constructor(name: string, initial: T) {
    this.name = name;
    this.#value = initial;
  }

  /** The current value. It must not be changed. */
  get value(): T {
    return this.#value;
  }

  /** Figures for the metrics. @internal */
  get statistics(): SharedStatistics {
    return { name: this.name, changes: this.#changes, documents: this.#listeners.documentCount };
  }

  /** The value as JSON. @internal */
  get state(): unknown {
    return this.#value;
  }

  /**
   * Replaces the value in all processes. If the server has several processes, it changes in all of
   * them shortly afterwards, in the same order as the changes of other processes.
   */
  set(value: T): void {
    publishChange(this, () => value, () => this.receive(value));
  }

  /**
   * Calls a function with each new value until the session of a document ends. The function holds
   * the document's lock and may change the document.
   */
  onChange(document: Document, fn: (value: T) => void): void {
    this.#listeners.add(document, (value) => syncOf(document).runAs(() => fn(value)));
  }

  /** Applies a change. @internal */
  receive(value: unknown): void {
    this.#value = value as T; // sent by the same class
    this.#changes++;
    this.#listeners.notify(this.#value);
  }

  /** Replaces the value by that of another process. @internal */
  restore(state: unknown): void {
    this.receive(state);
  }
}
