/**
 * The base of all models: typed attributes, kept sparsely, that tell of their changes.
 *
 * @module
 */

import { type ModelCallbackMethods, modelCallbackMethods } from "./behaviours/model_callbacks.ts";
import { type ModelQueryMethods, modelQueryMethods } from "./behaviours/model_queries.ts";
import type { ClassSpec, Property } from "./class_spec.ts";
import { compileDefault } from "./defaults.ts";
import { matches } from "./equality.ts";
import type { ChangeHint, ModelHost, Origin } from "./host.ts";
import { isModel, ModelBase } from "./is_model.ts";
import type { Attributes, ModelProps } from "./model_types.ts";
import { observe } from "./observed_value.ts";
import { isColumnData, prepareValue } from "./prepare_value.ts";
import { collectReferences, visitModels } from "./references.ts";
import { defineModel, type ModelClass, prepareClass } from "./registry.ts";
import { vectorize } from "./spec_values.ts";
import { suggest } from "./suggest.ts";

export type { Attributes, ModelProps, PropertyName } from "./model_types.ts";

/** Hears that an attribute changed. What it returns is awaited before the change reaches clients. */
export type ChangeCallback = (attr: string, old: unknown, value: unknown) => unknown;

/** How an attribute is set. */
export interface SetOptions {
  /** Who sets it; the server itself where it is absent. Others may set read-only attributes too. */
  readonly origin?: Origin | undefined;
  /** What exactly happened to column data. */
  readonly hint?: ChangeHint | undefined;
}

/** The base of all models. */
export interface Model extends ModelProps, ModelCallbackMethods, ModelQueryMethods {
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

  readonly #values: Record<string, unknown> = {};
  #id: string | undefined;
  #host: ModelHost | null = null;
  /** What the document keeps with the model. For documents. */
  hostNote: object | undefined;
  #callbacks: Map<string, ChangeCallback[]> | undefined;

  /** Makes a model with some attributes; those that are undefined stay at their defaults. */
  constructor(attributes: Attributes<ModelProps> = {}) {
    super();
    prepareClass(new.target as unknown as ModelClass);
    for (const attr of Object.keys(attributes)) {
      const value = (attributes as Record<string, unknown>)[attr];
      if (value !== undefined) this.setv(attr, value);
    }
  }

  /** What tells the model apart in its document. A document gives it when the model is added. */
  get id(): string {
    return this.#id ??= this.#host?.allocateId() ?? `m${++Model.#unhostedIds}`;
  }

  /** Whether the model has its id already: reading {@linkcode id} gives it one. */
  get hasId(): boolean {
    return this.#id !== undefined;
  }

  /** The document that the model belongs to, or null. */
  get document(): ModelHost | null {
    return this.#host;
  }

  /** Whether the class of the model is a type or derived from it. */
  isA(type: string): boolean {
    return this.spec.ancestors.includes(type);
  }

  /** The value of an attribute. Throws a TypeError where there is no such attribute, an Error where it was never set. */
  get(attr: string): unknown {
    const value = this.#values[attr];
    if (value === undefined) return this.#implicitValue(attr);
    return typeof value === "object" && value !== null ? this.#view(attr, value) : value;
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
    const property = this.#property(attr);
    if (property.readonly && options?.origin === undefined && this.#host !== null) {
      throw new TypeError(`Cannot set ${this.type}.${attr}: it is read-only, only clients change it`);
    }
    const prepared = prepareValue(this, property, value);
    const stored = this.#values[property.attr];
    const before = stored !== undefined || property.unstable || property.required
      ? stored
      : this.#sharedValue(property);
    if (before !== undefined && this.#isSame(property, before, prepared)) return;
    this.changeValue(property.attr, prepared, stored ?? before, options);
  }

  /** Sets several attributes. */
  update(values: Attributes<this["$props"]>): void {
    for (const [attr, value] of Object.entries(values)) {
      if (value !== undefined) this.setv(attr, value);
    }
  }

  /** The value that the model itself keeps for an attribute, undefined where there is none. For the library's own use. */
  rawValue(attr: string): unknown {
    return this.#values[attr];
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
    this.#values[attr] = value;
    const host = this.#host;
    if (host !== null && this.#property(attr).kind.mayHaveRefs) {
      visitModels(value, (model) => host.attach(model));
      let dropped = false;
      visitModels(old, () => dropped = true);
      if (dropped) host.invalidate();
    }
    this.#notify(attr, old, value, options);
  }

  /** Tells of a change of an attribute, as if it had just been set. */
  trigger(attr: string, old: unknown, value: unknown): void {
    this.#notify(this.#property(attr).attr, old, value, undefined);
  }

  /**
   * Calls a function whenever one of some attributes has changed, on whichever side.
   *
   * @param args Names of attributes, then the function: it gets the attribute, its old and its new value, and may be async.
   */
  on_change<K extends keyof this["$props"] & string>(
    ...args: [...attrs: K[], callback: (attr: K, old: this["$props"][K], value: this["$props"][K]) => unknown]
  ): void {
    const { attrs, callback } = this.#listening("listen for changes", args);
    this.#callbacks ??= new Map();
    for (const attr of attrs) {
      const callbacks = this.#callbacks.get(attr) ?? [];
      if (!callbacks.includes(callback)) this.#callbacks.set(attr, [...callbacks, callback]);
    }
  }

  /** Stops calling a function that {@linkcode on_change} was given. Throws an Error where it was not. */
  remove_on_change<K extends keyof this["$props"] & string>(
    ...args: [...attrs: K[], callback: (attr: K, old: this["$props"][K], value: this["$props"][K]) => unknown]
  ): void {
    const { attrs, callback } = this.#listening("stop listening", args);
    for (const attr of attrs) {
      const callbacks = this.#callbacks?.get(attr) ?? [];
      if (!callbacks.includes(callback)) {
        throw new Error(`Cannot remove the callback of ${this.type}.${attr}: it was not added`);
      }
      this.#callbacks?.set(attr, callbacks.filter((other) => other !== callback));
    }
  }

  /** The functions that listen for changes of an attribute. */
  changeCallbacks(attr: string): readonly ChangeCallback[] {
    return this.#callbacks?.get(attr) ?? [];
  }

  /** All models that this one refers to, over any number of steps, itself included. */
  references(): Set<Model> {
    return collectReferences(this);
  }

  /**
   * Calls a function for each mention of another model in the values of this one. Defaults that are models are made if
   * they were not.
   */
  visitReferences(visit: (model: Model) => void): void {
    this.#makeDefaults();
    const values = this.#values;
    for (const attr in values) {
      const value = values[attr];
      if (typeof value !== "object" || value === null) continue;
      if (isModel(value)) visit(value);
      else if (this.spec.property(attr)?.kind.mayHaveRefs) visitModels(value, visit);
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
      if (property.required && this.#values[property.attr] === undefined) continue;
      values[property.attr] = this.get(property.attr);
    }
    return values;
  }

  /** A model of the same class with the same values, which shares the models that they refer to. */
  clone(overrides: Attributes<this["$props"]> = {}): this {
    const cls = this.constructor as unknown as new (attributes: object) => this;
    return new cls({ ...this.#values, ...overrides });
  }

  /**
   * The attributes that are sent: those that were set or that the theme sets, and the defaults that were made for this
   * model alone. Values are as the serializer takes them.
   *
   * @throws {Error} Where an attribute without a default was never set.
   */
  serializableAttributes(): [attr: string, value: unknown][] {
    this.#makeDefaults();
    const attributes: [string, unknown][] = [];
    for (const attr of Object.keys(this.#values)) {
      const property = this.#property(attr);
      if (property.serialized) attributes.push([attr, this.#wireValue(property, this.#values[attr])]);
    }
    for (const property of this.spec.required) {
      if (this.#values[property.attr] === undefined) throw this.#unset(property.attr, "send");
    }
    const theme = this.#host?.themeFor(this.type);
    if (theme !== null && theme !== undefined) {
      for (const [attr, value] of theme) {
        const property = this.spec.property(attr);
        if (property?.serialized && this.#values[attr] === undefined) {
          attributes.push([attr, this.#wireValue(property, value)]);
        }
      }
    }
    return attributes;
  }

  /** A value of an attribute as the serializer takes it: that of a visual property says whether it is a field or a value. */
  wireValue(attr: string, value: unknown): unknown {
    return this.#wireValue(this.#property(attr), value);
  }

  /**
   * Makes the model one of a document's. For documents.
   *
   * @param host The document.
   * @throws {Error} Where the model belongs to another document.
   */
  attachTo(host: ModelHost): void {
    if (this.#host === host) return;
    if (this.#host !== null) {
      throw new Error(
        `Cannot add ${this} to a document: it belongs to another, and models belong to one document only`,
      );
    }
    this.#host = host;
    this.#id ??= host.allocateId();
  }

  /** Takes the model out of its document. For documents. */
  detach(): void {
    this.#host = null;
  }

  /** Gives the model the id that it has on the other side of the wire. For deserialization. */
  assignId(id: string): void {
    if (this.#id !== undefined) throw new Error(`Cannot rename ${this} to ${id}: it has an id`);
    this.#id = id;
  }

  /** The type and the id. */
  override toString(): string {
    return `${this.type}(${this.#id ?? ""})`;
  }

  #property(attr: string): Property {
    const property = this.spec.property(attr);
    if (property === undefined) {
      const similar = suggest(attr, this.properties());
      throw new TypeError(`Cannot find ${this.type}.${attr}: there is no such attribute${similar}`);
    }
    return property.aliasOf === undefined ? property : this.#property(property.aliasOf);
  }

  #implicitValue(attr: string): unknown {
    const property = this.#property(attr);
    if (property.attr !== attr) return this.get(property.attr);
    if (property.unstable && !this.#host?.themeFor(this.type)?.has(attr)) {
      return this.#view(attr, this.#makeDefault(property));
    }
    const value = this.#sharedValue(property);
    if (value === undefined || property.required) throw this.#unset(attr, "read");
    return this.#view(attr, value);
  }

  /** What the theme or else the default says, which this model has not made its own. */
  #sharedValue(property: Property): unknown {
    const themed = this.#host?.themeFor(this.type)?.get(property.attr);
    return themed !== undefined ? themed : property.sharedDefault(compileDefault);
  }

  #makeDefaults(): void {
    for (const property of this.spec.unstable) {
      if (this.#values[property.attr] === undefined) this.#makeDefault(property);
    }
  }

  #makeDefault(property: Property): unknown {
    const value = property.freshDefault(compileDefault);
    this.#values[property.attr] = value;
    const host = this.#host;
    if (host !== null) visitModels(value, (model) => host.attach(model));
    return value;
  }

  /** Replacing columns counts as a change where an array is still the same one: it may have been changed in place. */
  #isSame(property: Property, before: unknown, value: unknown): boolean {
    if (isColumnData(this, property.attr)) {
      const old = Object.values(before as object);
      if (Object.values(value as object).some((column) => old.includes(column))) return false;
    }
    return matches(before, value);
  }

  #view(attr: string, value: unknown): unknown {
    if (typeof value !== "object" || value === null || isModel(value)) return value;
    return observe(this, attr, value);
  }

  #wireValue(property: Property, value: unknown): unknown {
    const { spec } = property.kind;
    if (spec === undefined) return value;
    const units = spec.units === undefined ? undefined : this.#values[`${property.attr}_units`] as string | undefined;
    return vectorize(spec.value, value, units === spec.units ? undefined : units);
  }

  #notify(attr: string, old: unknown, value: unknown, options: SetOptions | undefined): void {
    if (this.#host !== null) {
      const { hint, origin } = options ?? {};
      this.#host.modelChanged({
        model: this,
        attr,
        old,
        value,
        ...(hint === undefined ? {} : { hint }),
        ...(origin === undefined ? {} : { origin }),
      });
    } else {
      for (const callback of this.changeCallbacks(attr)) callback(attr, old, value);
    }
  }

  #listening(what: string, args: unknown[]): { attrs: string[]; callback: ChangeCallback } {
    const callback = args.at(-1);
    if (typeof callback !== "function") {
      throw new TypeError(`Cannot ${what} of ${this.type}: expected names of attributes and then a function`);
    }
    const attrs = args.slice(0, -1).map((attr) => this.#property(String(attr)).attr);
    if (attrs.length === 0) throw new TypeError(`Cannot ${what} of ${this.type}: no attribute was named`);
    return { attrs, callback: callback as ChangeCallback };
  }

  #unset(attr: string, action: string): Error {
    return new Error(`Cannot ${action} ${this.type}.${attr}: it has no default and was not set`);
  }
}

defineModel(Model, "Model", { ...modelCallbackMethods, ...modelQueryMethods });
