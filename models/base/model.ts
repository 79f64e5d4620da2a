/**
 * The base class of all models: typed attributes, stored sparsely, with callbacks for changes.
 *
 * @module
 */

import { type ModelCallbackMethods, modelCallbackMethods } from "./model_callbacks.ts";
import { type ModelQueryMethods, modelQueryMethods } from "./query.ts";
import { type ModelSerializationMethods, modelSerializationMethods } from "./model_serialization.ts";
import { isUnchanged, makeDefaults, ownValues, propertyOf, readValue, sharedValue } from "./attribute_values.ts";
import { visitSerializable, wireValue } from "./serializable_attributes.ts";
import type { ClassSpec, Property } from "../spec/class_spec.ts";
import { compileDefault } from "../spec/defaults.ts";
import { callbacksFor, type ChangeCallback, hasListener, type Listener, listenersOf } from "./change_listeners.ts";
import type { ChangeHint, Membership, ModelHost, SetOptions } from "./host.ts";
import { ModelBase } from "./model_base.ts";
import type { ModelLike } from "./model_like.ts";
import { displayMethods } from "./display.ts";
import { inspectModel } from "./inspect_model.ts";
import type { AttributeName, Attributes, ChangeArguments } from "./model_types.ts";
import { INSPECT } from "../values/observed.ts";
import { prepareValue } from "../values/prepare_value.ts";
import { collectReferences, containsModels, visitModels } from "./references.ts";
import { prepareClass } from "../spec/prepare_class.ts";
import { type ModelClass, registerModel } from "../spec/registry.ts";
import { requireOwnColumns } from "../columns/shared_columns.ts";
import { slotsOf } from "./slots.ts";
import { refuseUnknownAttributes } from "../diagnostics/unknown_attributes.ts";

/** The attributes of all models. */
export interface ModelProps {
  /** A name by which queries find the model. Default: null. */
  name: string | null;
  /** Values of any type, by which queries find the model. Default: an empty list. */
  tags: unknown[];
  /** Callbacks for events that run in the browser, by name of the event. Default: none. */
  js_event_callbacks: Record<string, Model[]>;
  /**
   * Callbacks for changes that run in the browser, by signal, for example `change:value`. Default:
   * none.
   */
  js_property_callbacks: Record<string, Model[]>;
  /** The names of the events that browsers send to the server. Default: none. */
  subscribed_events: Set<string>;
  /** Whether the browser sends changes to the server. Default: true. */
  syncable: boolean;
}

/** The values of an attribute before and after a change. */
interface Change {
  readonly value: unknown;
  readonly old: unknown;
}

const NO_LISTENERS: readonly Listener[] = [];

/** The base class of all models. */
export interface Model
  extends ModelProps, ModelCallbackMethods<Model>, ModelQueryMethods<Model>, ModelSerializationMethods {
  /** The type of the attributes, for the type checker only: there is no such member at run time. */
  readonly $props: ModelProps;
}

/** The base class of all models. A model belongs to at most one document. */
export abstract class Model extends ModelBase {
  /** The name of the class on the wire. */
  declare static readonly type: string;
  /** The name of the class on the wire. */
  declare readonly type: string;
  /** The properties of the class. */
  declare readonly spec: ClassSpec;

  static #unhostedIds = 0;

  // Values are stored as described in `slots.ts`. Each field costs memory in each model of each
  // session. Private methods are static, because V8 marks each instance of a class that has others.
  #id: string | undefined;
  #membership: Membership | undefined;
  #listeners: readonly Listener[] | undefined;

  /**
   * Creates a model.
   *
   * @param attributes Values of attributes. Those that are absent or undefined keep their defaults.
   * @throws {TypeError} If there is no such attribute, or it does not accept its value.
   */
  constructor(attributes: Attributes<ModelProps> = {}) {
    super();
    try {
      prepareClass(new.target as unknown as ModelClass);
      for (const attr of Object.keys(attributes)) {
        const value = (attributes as Record<string, unknown>)[attr];
        if (value !== undefined) Model.#initialize(this, attr, value);
      }
    } catch (error) {
      // A stack trace has ten lines, and a model can have more constructors: begin with their
      // caller.
      if (error instanceof Error) Error.captureStackTrace(error, new.target);
      throw error;
    }
  }

  /**
   * The id of the model, unique in its document. Reading it assigns an id to a model that has none.
   */
  get id(): string {
    return this.#id ??= this.#membership?.host.allocateId() ?? `m${++Model.#unhostedIds}`;
  }

  /** Whether the model has an id. */
  get hasId(): boolean {
    return this.#id !== undefined;
  }

  /** The document that the model belongs to, or null. It is a `Document`, which models cannot import. */
  get document(): object | null {
    return this.#membership?.host.document ?? null;
  }

  /**
   * The membership of the model in its document, undefined if it belongs to none.
   *
   * @internal
   */
  get membership(): Membership | undefined {
    return this.#membership;
  }

  /** Returns whether the model is an instance of the class `type` or of a derived class. */
  override isA(type: string): boolean {
    return this.spec.ancestors.includes(type);
  }

  /**
   * Returns the value of an attribute.
   *
   * @throws {TypeError} If there is no such attribute.
   * @throws {Error} If the attribute is required and has no value.
   */
  get(attr: string): unknown {
    return readValue(this, propertyOf(this, attr));
  }

  /**
   * Sets an attribute by name.
   *
   * @throws {TypeError} If there is no such attribute, or it does not accept the value.
   */
  set(attr: string, value: unknown): void {
    this.setv(attr, value);
  }

  /**
   * Sets an attribute by name, with the source of the change.
   *
   * @param attr The attribute.
   * @param value A value of the property's type, or a short form of one.
   * @param options The source of the change.
   * @throws {TypeError} If there is no such attribute, it is read-only, or it does not accept the
   * value.
   */
  setv(attr: string, value: unknown, options?: SetOptions): void {
    const property = Model.#propertyToSet(this, attr, options);
    Model.#store(this, property, prepareValue(this, property, value), options);
  }

  /**
   * Sets an attribute to a value that `prepareValue` has returned, without validating it again.
   *
   * @internal
   * @param attr The attribute.
   * @param prepared The value, which the model stores without a copy.
   * @param options The source of the change.
   */
  setPrepared(attr: string, prepared: unknown, options?: SetOptions): void {
    Model.#store(this, Model.#propertyToSet(this, attr, options), prepared, options);
  }

  /**
   * Sets several attributes, one after the other. Attributes that are undefined are not set.
   *
   * @throws {TypeError} If there is no such attribute, or it does not accept its value.
   */
  update(values: Attributes<this["$props"]>): void {
    for (const [attr, value] of Object.entries(values)) {
      if (value !== undefined) this.setv(attr, value);
    }
  }

  /**
   * Returns the value that the model itself stores for an attribute, undefined if it stores none.
   * The caller must not change it.
   *
   * @internal
   */
  rawValue(attr: string): unknown {
    const property = this.spec.property(attr);
    return property === undefined ? undefined : slotsOf(this)[property.slot];
  }

  /**
   * Stores a valid value and reports the change, even if the value is equal to the old one.
   *
   * @internal
   * @param attr The attribute.
   * @param value The new value.
   * @param old The value before the change.
   * @param options The source of the change, and how column data changed.
   */
  changeValue(attr: string, value: unknown, old: unknown, options?: SetOptions): void {
    if (options?.shared === undefined) requireOwnColumns(this, attr);
    Model.#change(this, propertyOf(this, attr), { value, old }, options);
  }

  /**
   * Adds all models of a value to the model's document, before the value is stored.
   *
   * @internal
   * @param value The value.
   * @throws {Error} If the document refuses one of the models. None of them stays in the document.
   */
  attachModelsOf(value: unknown): void {
    const host = this.#membership?.host;
    if (host !== undefined) Model.#attachAll(host, value);
  }

  /**
   * Runs the callbacks for an attribute and sends its value to clients, as if it had just been set.
   */
  trigger(attr: string, old: unknown, value: unknown): void {
    Model.#notify(this, propertyOf(this, attr).attr, { value, old });
  }

  /**
   * Calls functions whenever one of some attributes changes, on the server or in a client.
   *
   * @param args The names of the attributes, then the functions. Each function receives the
   * attribute, its old and its new value, and may be async. A function that was added before is not
   * added again.
   * @throws {TypeError} If the model does not have one of the attributes, or no function is given.
   *
   * @example
   * ```ts
   * import { Slider } from "@bokeh/server/models";
   *
   * const slider = new Slider({ start: 0, end: 10, value: 1 });
   * slider.on_change("value", (attr, old, value) => console.log(attr, old, value));
   * ```
   */
  on_change<M extends Model, K extends AttributeName<M>>(this: M, ...args: ChangeArguments<M, K>): void {
    for (const listener of listenersOf(this, "listen for changes", args)) {
      const present = this.#listeners ?? NO_LISTENERS;
      if (!hasListener(present, listener)) this.#listeners = present.concat(listener);
    }
    this.#membership?.host.callbackAdded(this);
  }

  /**
   * Removes functions that were added with {@linkcode on_change}.
   *
   * @param args The names of the attributes, then the functions.
   * @throws {TypeError} If the model does not have one of the attributes, or no function is given.
   * @throws {Error} If a function was not added.
   */
  remove_on_change<M extends Model, K extends AttributeName<M>>(this: M, ...args: ChangeArguments<M, K>): void {
    for (const listener of listenersOf(this, "stop listening", args)) {
      const { attr, callback } = listener;
      const present = this.#listeners ?? NO_LISTENERS;
      if (!hasListener(present, listener)) {
        throw new Error(`Cannot remove the callback of ${this.type}.${attr}: it was not added`);
      }
      this.#listeners = present.filter((other) => other.attr !== attr || other.callback !== callback);
    }
  }

  /** Returns the callbacks for changes of an attribute. */
  changeCallbacks(attr: string): readonly ChangeCallback[] {
    return callbacksFor(this.#listeners, attr);
  }

  /** Whether the model has callbacks for changes or events. */
  get hasCallbacks(): boolean {
    const events = this.rawValue("subscribed_events") as Set<string> | undefined;
    return (this.#listeners?.length ?? 0) > 0 || [...events ?? []].some((name) => this.eventCallbacks(name).length > 0);
  }

  /** Returns this model and all models that it refers to, directly or indirectly. */
  references(): Set<Model> {
    return collectReferences(this) as Set<Model>;
  }

  /**
   * Calls `visit` for each reference to another model in the attributes of this one. Creates the
   * defaults that are models.
   *
   * @internal
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

  /** Returns the names of all attributes. */
  properties(): string[] {
    return Array.from(this.spec.properties(), (property) => property.attr);
  }

  /** Returns the values of all attributes. Required attributes without a value are left out. */
  properties_with_values(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const property of this.spec.properties()) {
      if (property.required && slotsOf(this)[property.slot] === undefined) continue;
      values[property.attr] = this.get(property.attr);
    }
    return values;
  }

  /**
   * Returns a new model of the same class with the same values. It refers to the same models.
   *
   * @param overrides Attributes with other values.
   */
  clone(overrides: Attributes<this["$props"]> = {}): this {
    const cls = this.constructor as unknown as new (attributes: object) => this;
    const values = new Map(ownValues(this).map(([{ attr }, value]) => [attr, value]));
    for (const attr of Object.keys(overrides)) values.delete(attr);
    const copy = new cls(overrides);
    for (const [attr, value] of values) copy.setv(attr, value);
    return copy;
  }

  /**
   * Calls `visit` for each attribute that is sent to clients, with its value as the serializer
   * takes it: attributes that were set or that the theme sets, and defaults that were created for
   * this model.
   *
   * @internal
   * @throws {Error} If a required attribute has no value, unless the model's document accepts that.
   */
  visitSerializable(visit: (attr: string, value: unknown) => void, acceptsIncomplete: boolean = false): void {
    visitSerializable(this, visit, acceptsIncomplete);
  }

  /** Returns the attributes that are sent to clients, with their values. */
  serializableAttributes(): [attr: string, value: unknown][] {
    const attributes: [string, unknown][] = [];
    this.visitSerializable((attr, value) => attributes.push([attr, value]));
    return attributes;
  }

  /**
   * Returns a value of an attribute as the serializer takes it: data specifications become a
   * `Value`, `Field` or `Expr`.
   *
   * @internal
   */
  wireValue(attr: string, value: unknown): unknown {
    return wireValue(this, propertyOf(this, attr), value);
  }

  /**
   * Adds the model to a document.
   *
   * @internal
   * @param membership The membership, which states the document.
   * @throws {Error} If the model belongs to another document.
   */
  attachTo(membership: Membership): void {
    const { host } = membership;
    const before = this.#membership?.host;
    if (before !== undefined && before !== host) {
      throw new Error(
        `Cannot add ${this} to a document: it belongs to another, and models belong to one document only`,
      );
    }
    this.#membership = membership;
  }

  /**
   * Removes the model from its document.
   *
   * @internal
   */
  detach(): void {
    this.#membership = undefined;
  }

  /**
   * Sets the id of the model.
   *
   * @internal
   * @throws {Error} If the model has an id.
   */
  assignId(id: string): void {
    if (this.#id !== undefined) throw new Error(`Cannot set the id of ${this} to ${id}: it has an id`);
    this.#id = id;
  }

  /**
   * Removes the id of the model, so that a document can assign another.
   *
   * @internal
   */
  releaseId(): void {
    this.#id = undefined;
  }

  /** Returns the type and the id: `Slider(p1001)`. */
  override toString(): string {
    return `${this.type}(${this.#id ?? ""})`;
  }

  static #propertyToSet(model: Model, attr: string, options: SetOptions | undefined): Property {
    const property = propertyOf(model, attr);
    requireOwnColumns(model, attr);
    if (property.readonly && options?.changeSource === undefined && model.#membership !== undefined) {
      throw new TypeError(`Cannot set ${model.type}.${attr}: it is read-only, only clients change it`);
    }
    return property;
  }

  static #store(model: Model, property: Property, prepared: unknown, options: SetOptions | undefined): void {
    const stored = slotsOf(model)[property.slot];
    const before = stored !== undefined || property.unstable || property.required
      ? stored
      : sharedValue(model, property);
    if (before !== undefined && isUnchanged(model, property, before, prepared)) return;
    // Fast path for a model without a document and without callbacks, for example in its
    // constructor.
    if (model.#membership === undefined && model.#listeners === undefined) slotsOf(model)[property.slot] = prepared;
    else Model.#change(model, property, { value: prepared, old: stored ?? before }, options);
  }

  /** Sets an attribute in the constructor, while the model has no document and no callbacks. */
  static #initialize(model: Model, attr: string, value: unknown): void {
    const property = propertyOf(model, attr);
    const prepared = prepareValue(model, property, value);
    const before = slotsOf(model)[property.slot] ??
      (property.unstable || property.required ? undefined : property.sharedDefault(compileDefault));
    if (before === undefined || !isUnchanged(model, property, before, prepared)) {
      slotsOf(model)[property.slot] = prepared;
    }
  }

  static #change(model: Model, property: Property, change: Change, options: SetOptions | undefined): void {
    const { value, old } = change;
    const host = model.#membership?.host;
    if (host !== undefined && property.type.mayHaveRefs) {
      // For streams and patches, the data source attaches the models of new rows and invalidates
      // old ones.
      if (!changesRows(options?.hint)) {
        Model.#attachAll(host, value);
        if (containsModels(old)) host.invalidate();
      }
    }
    slotsOf(model)[property.slot] = value;
    Model.#notify(model, property.attr, change, options);
  }

  /** Adds all models of a value to a document. If the document refuses one, none of them stays. */
  static #attachAll(host: ModelHost, value: unknown): void {
    try {
      visitModels(value, (other) => host.attach(other));
    } catch (error) {
      host.invalidate();
      throw error;
    }
  }

  static #notify(model: Model, attr: string, { value, old }: Change, options?: SetOptions): void {
    const host = model.#membership?.host;
    const { hint, changeSource, shared } = options ?? {};
    if (host !== undefined) host.modelChanged({ model, attr, old, value, hint, changeSource, shared });
    else for (const callback of model.changeCallbacks(attr)) callback(attr, old, value);
  }
}

/** Returns whether a change of columns adds or patches rows, instead of replacing whole columns. */
function changesRows(hint: ChangeHint | undefined): boolean {
  return hint?.kind === "ColumnsStreamed" || hint?.kind === "ColumnsPatched";
}

registerModel(Model, "Model", {
  ...modelCallbackMethods,
  ...modelQueryMethods,
  ...modelSerializationMethods,
  ...displayMethods,
  [INSPECT](this: Model): string {
    return inspectModel(this);
  },
});
refuseUnknownAttributes(ModelBase.prototype);
