/**
 * The base of all models: typed attributes, kept sparsely, that tell of their changes.
 *
 * @module
 */

import { type ModelCallbackMethods, modelCallbackMethods } from "./model_callbacks.ts";
import { type ModelQueryMethods, modelQueryMethods } from "./model_queries.ts";
import { type ModelSerializationMethods, modelSerializationMethods } from "./model_serialization.ts";
import {
  makeDefaults,
  ownValues,
  propertyOf,
  readValue,
  sharedValue,
  unsetError,
  wireValue,
} from "./attribute_values.ts";
import type { ClassSpec, Property } from "../spec/class_spec.ts";
import { compileDefault } from "../spec/defaults.ts";
import { matches } from "../values/equality.ts";
import type { ChangeHint, Membership, ModelHost, SetOptions } from "./host.ts";
import { ModelBase } from "./model_base.ts";
import type { ModelLike } from "./model_like.ts";
import { inspectModel } from "./inspect_model.ts";
import type { AttributeName, Attributes, ChangeArguments } from "./model_types.ts";
import { INSPECT } from "../values/observed.ts";
import { isColumnData, prepareValue } from "../values/prepare_value.ts";
import { collectReferences, mentionsModels, visitModels } from "./references.ts";
import { defineModel, type ModelClass, prepareClass } from "../spec/registry.ts";
import { slotsOf } from "./slots.ts";
import { refuseUnknownAttributes } from "../diagnostics/unknown_attributes.ts";

/** The attributes of every model. */
export interface ModelProps {
  /** A name by which the model can be found in its document. Default: null. */
  name: string | null;
  /** Anything an application wants to keep with the model. Default: an empty list. */
  tags: unknown[];
  /** JavaScript callbacks of events, by event name. Default: none. */
  js_event_callbacks: Record<string, Model[]>;
  /** JavaScript callbacks of changes, by `change:` and the attribute. Default: none. */
  js_property_callbacks: Record<string, Model[]>;
  /** The names of the events that clients send. Default: none. */
  subscribed_events: Set<string>;
  /** Whether changes are sent to the other side. Default: true. */
  syncable: boolean;
}

/** Hears that an attribute changed. What it returns is awaited before the change reaches clients. */
export type ChangeCallback = (attr: string, old: unknown, value: unknown) => unknown;

/** One change of a value. */
interface Change {
  readonly value: unknown;
  readonly old: unknown;
}

/** A function that hears of changes of an attribute. */
interface Listener {
  readonly attr: string;
  readonly callback: ChangeCallback;
}

const NO_LISTENERS: readonly Listener[] = [];
const NO_CALLBACKS: readonly ChangeCallback[] = [];

/** The base of all models. */
export interface Model
  extends ModelProps, ModelCallbackMethods<Model>, ModelQueryMethods<Model>, ModelSerializationMethods {
  /** The attributes of this type of model, for the type checker only: there is no such member. */
  readonly $props: ModelProps;
}

/** The base of all models. A document owns its models; a model belongs to one document at most. */
export abstract class Model extends ModelBase {
  /** The name of the class on the wire. */
  declare static readonly type: string;
  /** The name of the class on the wire. */
  declare readonly type: string;
  /** What is known of the class. */
  declare readonly spec: ClassSpec;

  static #unhostedIds = 0;

  // Values are members of their own, see `slots.ts`. Each field here is paid for by each model of each session, and so is
  // the mark of private methods: those that are not static would put one on every model.
  #id: string | undefined;
  #membership: Membership | undefined;
  #listeners: readonly Listener[] | undefined;

  /** Makes a model with some attributes; those that are undefined stay at their defaults. */
  constructor(attributes: Attributes<ModelProps> = {}) {
    super();
    try {
      prepareClass(new.target as unknown as ModelClass);
      for (const attr of Object.keys(attributes)) {
        const value = (attributes as Record<string, unknown>)[attr];
        if (value !== undefined) Model.#begin(this, attr, value);
      }
    } catch (error) {
      // of a stack ten lines are kept, and a model has more ancestors: it is to begin with the line that makes the model
      if (error instanceof Error) Error.captureStackTrace(error, new.target);
      throw error;
    }
  }

  /** What tells the model apart in its document. A document gives it when the model is added. */
  get id(): string {
    return this.#id ??= this.document?.allocateId() ?? `m${++Model.#unhostedIds}`;
  }

  /** Whether the model has its id already: reading {@linkcode id} gives it one. */
  get hasId(): boolean {
    return this.#id !== undefined;
  }

  /** The document that the model belongs to, or null. */
  get document(): ModelHost | null {
    return this.#membership?.host ?? null;
  }

  /** What its document knows of the model, undefined where it belongs to none. For documents. */
  get membership(): Membership | undefined {
    return this.#membership;
  }

  /** Whether the class of the model is a type or derived from it. */
  override isA(type: string): boolean {
    return this.spec.ancestors.includes(type);
  }

  /** The value of an attribute. Throws a TypeError where there is no such attribute, an Error where it was never set. */
  get(attr: string): unknown {
    return readValue(this, propertyOf(this, attr));
  }

  /** Sets an attribute by name; see {@linkcode setv}. */
  set(attr: string, value: unknown): void {
    this.setv(attr, value);
  }

  /**
   * Sets an attribute by name.
   *
   * @param attr The attribute.
   * @param value What its kind takes.
   * @param options Who sets it.
   * @throws {TypeError} Where there is no such attribute, or it does not take the value.
   */
  setv(attr: string, value: unknown, options?: SetOptions): void {
    const property = Model.#settable(this, attr, options);
    Model.#keep(this, property, prepareValue(this, property, value), options);
  }

  /**
   * Sets an attribute to what `prepareValue` has made of a value, which is not checked again. For the library's own use.
   *
   * @param attr The attribute.
   * @param prepared What the model is to keep.
   * @param options Who sets it.
   */
  setPrepared(attr: string, prepared: unknown, options?: SetOptions): void {
    Model.#keep(this, Model.#settable(this, attr, options), prepared, options);
  }

  /** Sets several attributes. */
  update(values: Attributes<this["$props"]>): void {
    for (const [attr, value] of Object.entries(values)) {
      if (value !== undefined) this.setv(attr, value);
    }
  }

  /** The value that the model itself keeps for an attribute, undefined where there is none. For the library's own use. */
  rawValue(attr: string): unknown {
    const property = this.spec.property(attr);
    return property === undefined ? undefined : slotsOf(this)[property.slot];
  }

  /**
   * Keeps a value that was checked before, and tells of the change. For the library's own use.
   *
   * @param attr The attribute.
   * @param value Its new value.
   * @param old Its value before.
   * @param options Who changed it, and how.
   */
  changeValue(attr: string, value: unknown, old: unknown, options?: SetOptions): void {
    Model.#change(this, propertyOf(this, attr), { value, old }, options);
  }

  /**
   * Has the document add all models of a value that is about to be stored. For the library's own use.
   *
   * @param value The value.
   * @throws {Error} If the document refuses one of them; then none stays.
   */
  attachModelsOf(value: unknown): void {
    const host = this.document;
    if (host !== null) Model.#attachAll(host, value);
  }

  /** Tells of a change of an attribute, as if it had just been set. */
  trigger(attr: string, old: unknown, value: unknown): void {
    Model.#notify(this, propertyOf(this, attr).attr, { value, old });
  }

  /**
   * Calls functions whenever one of some attributes changes, on whichever side.
   *
   * @param args The names of the attributes, then the functions. Each function gets the attribute, its old and its new
   * value, and may be async. A function that was added before is not added again.
   * @throws {TypeError} If the model does not have one of the attributes, or no function is given.
   */
  on_change<M extends Model, K extends AttributeName<M>>(this: M, ...args: ChangeArguments<M, K>): void {
    const { attrs, callbacks } = Model.#listening(this, "listen for changes", args);
    for (const attr of attrs) {
      for (const callback of callbacks) {
        const present = this.#listeners ?? NO_LISTENERS;
        if (!isListening(present, attr, callback)) this.#listeners = present.concat({ attr, callback });
      }
    }
  }

  /**
   * Stops calling functions that {@linkcode on_change} was given.
   *
   * @param args The names of the attributes, then the functions.
   * @throws {TypeError} If the model does not have one of the attributes, or no function is given.
   * @throws {Error} If a function was not added.
   */
  remove_on_change<M extends Model, K extends AttributeName<M>>(this: M, ...args: ChangeArguments<M, K>): void {
    const { attrs, callbacks } = Model.#listening(this, "stop listening", args);
    for (const attr of attrs) {
      for (const callback of callbacks) {
        const present = this.#listeners ?? NO_LISTENERS;
        if (!isListening(present, attr, callback)) {
          throw new Error(`Cannot remove the callback of ${this.type}.${attr}: it was not added`);
        }
        this.#listeners = present.filter((other) => other.attr !== attr || other.callback !== callback);
      }
    }
  }

  /** The functions that listen for changes of an attribute. */
  changeCallbacks(attr: string): readonly ChangeCallback[] {
    const listeners = this.#listeners;
    if (listeners === undefined) return NO_CALLBACKS;
    const callbacks: ChangeCallback[] = [];
    for (const listener of listeners) {
      if (listener.attr === attr) callbacks.push(listener.callback);
    }
    return callbacks;
  }

  /** All models that this one refers to, over any number of steps, itself included. */
  references(): Set<Model> {
    return collectReferences(this) as Set<Model>;
  }

  /**
   * Calls a function for each mention of another model in the values of this one. Defaults that are models are made if
   * they were not.
   */
  visitReferences(visit: (model: Model) => void): void {
    makeDefaults(this);
    const slots = slotsOf(this);
    for (const slot of Object.keys(this)) {
      const value = slots[slot];
      if (typeof value !== "object" || value === null) continue;
      const property = this.spec.ofSlot(slot);
      if (property === undefined) continue;
      if (value instanceof Model) visit(value);
      else if (property.type.mayHaveRefs) visitModels(value, visit as (model: ModelLike) => void);
    }
  }

  /** The names of all attributes. */
  properties(): string[] {
    return Array.from(this.spec.properties(), (property) => property.attr);
  }

  /** All attributes that have a value, with it. */
  properties_with_values(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const property of this.spec.properties()) {
      if (property.required && slotsOf(this)[property.slot] === undefined) continue;
      values[property.attr] = this.get(property.attr);
    }
    return values;
  }

  /** A model of the same class with the same values, which shares the models that they refer to. */
  clone(overrides: Attributes<this["$props"]> = {}): this {
    const cls = this.constructor as unknown as new (attributes: object) => this;
    const values = new Map(ownValues(this).map(([{ attr }, value]) => [attr, value]));
    for (const attr of Object.keys(overrides)) values.delete(attr);
    const copy = new cls(overrides);
    for (const [attr, value] of values) copy.setv(attr, value);
    return copy;
  }

  /**
   * Calls a function for each attribute that is sent: those that were set or that the theme sets, and the defaults that
   * were made for this model alone. Values are as the serializer takes them.
   *
   * @throws {Error} Where an attribute without a default was never set, unless a session serves the model's document.
   */
  visitSerializable(visit: (attr: string, value: unknown) => void): void {
    makeDefaults(this);
    const slots = slotsOf(this);
    for (const property of this.spec.required) {
      if (slots[property.slot] !== undefined) continue;
      const error = unsetError(this, property, "send");
      if (this.document === null) throw error;
      this.document.valueMissing(this, error);
    }
    for (const slot of Object.keys(this)) {
      const property = this.spec.ofSlot(slot);
      if (property?.serialized) visit(property.attr, wireValue(this, property, slots[slot]));
    }
    const theme = this.document?.themeFor(this.type);
    if (theme === null || theme === undefined) return;
    for (const [attr, value] of theme) {
      const property = this.spec.property(attr);
      if (property?.serialized && slots[property.slot] === undefined) visit(attr, wireValue(this, property, value));
    }
  }

  /** The attributes that are sent; see {@linkcode visitSerializable}. */
  serializableAttributes(): [attr: string, value: unknown][] {
    const attributes: [string, unknown][] = [];
    this.visitSerializable((attr, value) => attributes.push([attr, value]));
    return attributes;
  }

  /** A value of an attribute as the serializer takes it: that of a visual property says whether it is a field or a value. */
  wireValue(attr: string, value: unknown): unknown {
    return wireValue(this, propertyOf(this, attr), value);
  }

  /**
   * Makes the model one of a document's. For documents.
   *
   * @param membership The document, and what it knows of the model.
   * @throws {Error} Where the model belongs to another document.
   */
  attachTo(membership: Membership): void {
    const { host } = membership;
    const before = this.document;
    if (before !== null && before !== host) {
      throw new Error(
        `Cannot add ${this} to a document: it belongs to another, and models belong to one document only`,
      );
    }
    this.#membership = membership;
  }

  /** Takes the model out of its document. For documents. */
  detach(): void {
    this.#membership = undefined;
  }

  /** Gives the model its id: the next of its document, or the one that it has on the other side of the wire. For documents. */
  assignId(id: string): void {
    if (this.#id !== undefined) throw new Error(`Cannot rename ${this} to ${id}: it has an id`);
    this.#id = id;
  }

  /** Takes the id of a model that belongs to no document, or to one that is about to give it another. For documents. */
  releaseId(): void {
    this.#id = undefined;
  }

  /** The type and the id. */
  override toString(): string {
    return `${this.type}(${this.#id ?? ""})`;
  }

  static #settable(model: Model, attr: string, options: SetOptions | undefined): Property {
    const property = propertyOf(model, attr);
    if (property.readonly && options?.changeSource === undefined && model.#membership !== undefined) {
      throw new TypeError(`Cannot set ${model.type}.${attr}: it is read-only, only clients change it`);
    }
    return property;
  }

  static #keep(model: Model, property: Property, prepared: unknown, options: SetOptions | undefined): void {
    const stored = slotsOf(model)[property.slot];
    const before = stored !== undefined || property.unstable || property.required
      ? stored
      : sharedValue(model, property);
    if (before !== undefined && isSame(model, property, before, prepared)) return;
    // a model that is being made is nobody's yet, and nobody listens
    if (model.#membership === undefined && model.#listeners === undefined) slotsOf(model)[property.slot] = prepared;
    else Model.#change(model, property, { value: prepared, old: stored ?? before }, options);
  }

  /** Gives a model that is being made a value: it is nobody's yet, and nobody listens. */
  static #begin(model: Model, attr: string, value: unknown): void {
    const property = propertyOf(model, attr);
    const prepared = prepareValue(model, property, value);
    const before = slotsOf(model)[property.slot] ??
      (property.unstable || property.required ? undefined : property.sharedDefault(compileDefault));
    if (before === undefined || !isSame(model, property, before, prepared)) slotsOf(model)[property.slot] = prepared;
  }

  static #change(model: Model, property: Property, change: Change, options: SetOptions | undefined): void {
    const { value, old } = change;
    const host = model.document;
    if (host !== null && property.type.mayHaveRefs) {
      // a data source attaches the models of new rows itself, and says itself which rows go
      if (!bringsRows(options?.hint)) {
        Model.#attachAll(host, value);
        if (mentionsModels(old)) host.invalidate();
      }
    }
    slotsOf(model)[property.slot] = value;
    Model.#notify(model, property.attr, change, options);
  }

  /** Has a document add all models of a value before the value is stored: none stays if one is refused. */
  static #attachAll(host: ModelHost, value: unknown): void {
    try {
      visitModels(value, (other) => host.attach(other));
    } catch (error) {
      host.invalidate();
      throw error;
    }
  }

  static #notify(model: Model, attr: string, { value, old }: Change, options?: SetOptions): void {
    const host = model.document;
    if (host !== null) {
      host.modelChanged({ model, attr, old, value, hint: options?.hint, changeSource: options?.changeSource });
    } else {
      for (const callback of model.changeCallbacks(attr)) callback(attr, old, value);
    }
  }

  static #listening(model: Model, what: string, args: readonly unknown[]): ListeningArguments {
    const firstCallback = args.findIndex((arg) => typeof arg !== "string");
    const names = args.slice(0, firstCallback < 0 ? args.length : firstCallback) as string[];
    const callbacks = args.slice(names.length);
    if (callbacks.length === 0 || !callbacks.every(isFunction)) {
      throw new TypeError(`Cannot ${what} of ${model.type}: expected names of attributes and then functions`);
    }
    if (names.length === 0) throw new TypeError(`Cannot ${what} of ${model.type}: no attribute was named`);
    return { attrs: names.map((attr) => propertyOf(model, attr).attr), callbacks };
  }
}

/** What `on_change` and `remove_on_change` are given. */
interface ListeningArguments {
  readonly attrs: readonly string[];
  readonly callbacks: readonly ChangeCallback[];
}

function isFunction(value: unknown): value is ChangeCallback {
  return typeof value === "function";
}

/** Whether a change of columns brings rows, instead of replacing whole columns. */
function bringsRows(hint: ChangeHint | undefined): boolean {
  return hint?.kind === "ColumnsStreamed" || hint?.kind === "ColumnsPatched";
}

/** Replacing columns counts as a change where an array is still the same one: it may have been changed in place. */
function isSame(model: Model, property: Property, before: unknown, value: unknown): boolean {
  if (isColumnData(model, property.attr)) {
    const old = new Set(Object.values(before as object));
    if (Object.values(value as object).some((column) => old.has(column))) return false;
  }
  return matches(before, value);
}

function isListening(listeners: readonly Listener[], attr: string, callback: ChangeCallback): boolean {
  return listeners.some((listener) => listener.attr === attr && listener.callback === callback);
}

defineModel(Model, "Model", {
  ...modelCallbackMethods,
  ...modelQueryMethods,
  ...modelSerializationMethods,
  [INSPECT](this: Model): string {
    return inspectModel(this);
  },
});
refuseUnknownAttributes(ModelBase.prototype);
