/**
 * Custom models: classes with a view of their own in the browser.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import type { Attributes, Concrete } from "../base/model_types.ts";
import type { ModelType } from "../base/query.ts";
import { containsModels } from "../base/references.ts";
import { EXTENSION_TYPES, propertyTypeFromDefinition } from "../property_types/defined_type.ts";
import type { PropertyType } from "../property_types/property_type.ts";
import { ClassSpec, type DefaultCompiler, Property, PropertyFlag } from "../spec/class_spec.ts";
import { prepareClass, prepareDefinedClass } from "../spec/prepare_class.ts";
import { isBokehType, type ModelClass, registerModel } from "../spec/registry.ts";
import { normalizeSpec, vectorize } from "../values/spec_values.ts";
import { Serializer } from "../wire/serializer.ts";
import { addExtension, type ExtensionProperty, type ScriptSource } from "./extension.ts";
import { type KindValue, type PropertyKind, type PropertyTypes, propertyTypes } from "./property_kinds.ts";

/**
 * A property of a custom model: its type, or its type and its default. A default that is a function
 * is called for each model; a property without a default must be set.
 */
export type PropertyEntry = PropertyKind | readonly [kind: PropertyKind, value?: unknown];

/** The properties of a custom model, by name. */
export type PropertyEntries = Readonly<Record<string, PropertyEntry>>;

/** The types of the values of properties. */
export type PropertyValues<P extends PropertyEntries> = {
  -readonly [K in keyof P]: P[K] extends readonly [infer T, ...unknown[]] ? KindValue<T> : KindValue<P[K]>;
};

/** A custom model: a model of the base class with more properties. */
export type CustomModel<M extends Model, T> = M & T & {
  /** The type of the attributes, for the type checker only: there is no such member at run time. */
  readonly $props: M["$props"] & T & { readonly [Concrete]?: true };
};

/** The class of a custom model. */
export interface CustomModelClass<M extends Model, T> {
  /** Creates a model with some attributes. The others keep their defaults. */
  new (attributes?: Attributes<M["$props"] & T>): CustomModel<M, T>;
  /** The name of the class on the wire. */
  readonly type: string;
}

/** The definition of a custom model. */
export interface CustomModelDefinition<M extends Model, P extends PropertyEntries> {
  /**
   * The name of the class on the wire, which is that of the class in BokehJS: `Surface3d`, or with
   * the module of a prebuilt bundle `my_extension.Surface3d`.
   */
  readonly name: string;
  /** The base class: a class of Bokeh, or another custom model. */
  readonly base: ModelType<M>;
  /** The properties that the class adds, or a function that returns them. */
  readonly properties?: P | ((types: PropertyTypes) => P);
  /** Other defaults for inherited properties. */
  readonly overrides?: Partial<Attributes<M["$props"]>>;
  /**
   * URL of the view's module, in TypeScript or JavaScript:
   * `new URL("./surface3d_view.ts", import.meta.url)`. It exports BokehJS's model class, a view
   * class of BokehJS, or an AnyWidget (`{ render({ model, el }) }`) as its default. A text is the
   * bundle of such a module, as the command `build` writes it: it needs no bundler.
   */
  readonly view?: URL | string;
  /** URL of a script that registers the class, as `bokeh build` makes it, in place of `view`. */
  readonly bundle?: URL;
  /** Scripts that pages load before the view: URLs of other servers or of files. */
  readonly javascript?: readonly (string | URL | ScriptSource)[];
  /** Style sheets of the view: CSS texts, or URLs of other servers or of files. */
  readonly css?: string | URL | readonly (string | URL)[];
}

/**
 * Defines a class of models whose view is written by the application's author. It is accepted
 * wherever its base class is: in layouts, documents and embedded pages.
 *
 * @param definition The name, the properties and the view of the class.
 * @returns The class.
 * @throws {TypeError} If the name belongs to Bokeh, a property or default is invalid, or neither
 * `view` nor `bundle` is given.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { defineModel, Widget } from "@bokeh/server/models";
 *
 * const Counter = defineModel({
 *   name: "Counter",
 *   base: Widget,
 *   properties: ({ Int, Str }) => ({ value: [Int, 0], label: [Str, "Clicks"] }),
 *   view: new URL("./counter_view.ts", import.meta.url),
 * });
 *
 * const counter = new Counter({ value: 1, width: 200 });
 * counter.on_change("value", (_attr, old, value) => assertEquals([old, value], [1, 2]));
 * counter.value += 1;
 * ```
 */
export function defineModel<M extends Model, const P extends PropertyEntries = Record<never, never>>(
  definition: CustomModelDefinition<M, P>,
): CustomModelClass<M, PropertyValues<P>> {
  const { name, view, bundle, properties = {}, overrides = {} } = definition;
  const base = definition.base as unknown as ModelClass;
  checkNames(definition);
  prepareClass(base);
  const baseSpec = base.prototype.spec as ClassSpec;
  const entries = typeof properties === "function" ? properties(propertyTypes) : properties;
  const own = Object.entries<PropertyEntry>(entries).map(([attr, entry]) => propertyOf(name, base, attr, entry));
  const defaults = defaultsOf(name, baseSpec, overrides);
  const spec = new ClassSpec(name, baseSpec, own, defaults);
  const cls = { [name]: class extends base {} }[name]!;
  prepareDefinedClass(cls, spec);
  registerModel(cls, name);
  addExtension({
    name,
    base: base.type,
    properties: own.map((property) => property.written),
    overrides: defaults,
    view,
    bundle,
    javascript: (definition.javascript ?? []).map((script) =>
      typeof script === "string" || script instanceof URL ? { src: script } : script
    ),
    css: definition.css === undefined ? [] : [definition.css].flat(),
  });
  // The accessors and the type are both derived from the properties.
  return cls as unknown as CustomModelClass<M, PropertyValues<P>>;
}

const NAME = /^[A-Za-z_]\w{0,99}$/;

function checkNames({ name, base, view, bundle }: CustomModelDefinition<Model, PropertyEntries>): void {
  if (typeof name !== "string" || !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name) || name.length > 200) {
    throw new TypeError(`Cannot define a model: ${JSON.stringify(name)} is not the name of a class`);
  }
  if (isBokehType(name)) throw new TypeError(`Cannot define ${name}: Bokeh has a class of this name`);
  if (typeof base !== "function" || !("type" in base)) {
    throw new TypeError(`Cannot define ${name}: its base is not a class of models`);
  }
  if ((view === undefined) === (bundle === undefined)) {
    throw new TypeError(`Cannot define ${name}: give it either a view or a bundle`);
  }
  for (const [option, url] of Object.entries({ view, bundle })) {
    if (url !== undefined && !(url instanceof URL) && (option === "bundle" || !/\s/.test(url))) {
      throw new TypeError(`Cannot define ${name}: ${option} must be a URL, as new URL("./file.ts", import.meta.url)`);
    }
  }
}

/** A property of a custom model. */
class CustomProperty extends Property {
  readonly #makeDefault: (() => unknown) | undefined;
  /** The property as BokehJS defines it. */
  readonly written: ExtensionProperty;

  constructor(attr: string, type: PropertyType, written: ExtensionProperty, makeDefault: (() => unknown) | undefined) {
    super(attr, type, written.default, flagsOf(written, makeDefault));
    this.#makeDefault = makeDefault;
    this.written = written;
  }

  override freshDefault(compile: DefaultCompiler): unknown {
    return this.#makeDefault === undefined ? super.freshDefault(compile) : this.#makeDefault();
  }
}

function flagsOf(written: ExtensionProperty, makeDefault: (() => unknown) | undefined): number {
  if (makeDefault !== undefined) return PropertyFlag.unstable;
  return written.default === undefined ? PropertyFlag.required : 0;
}

function propertyOf(name: string, base: ModelClass, attr: string, entry: PropertyEntry): CustomProperty {
  if (!NAME.test(attr) || attr in base.prototype) {
    throw new TypeError(
      `Cannot define ${name}: ${JSON.stringify(attr)} cannot be a property, because ${base.type} has a member of ` +
        "this name or it is not an identifier. Use overrides for another default",
    );
  }
  const [kind, given] = "definition" in entry ? [entry, undefined] : entry;
  const type = propertyTypeFromDefinition(kind.definition, EXTENSION_TYPES);
  const value = type.dataSpec === undefined ? given : vectorize(type.dataSpec.value, normalizeSpec(given), undefined);
  const makeDefault = typeof value === "function" ? value as () => unknown : undefined;
  const initial = makeDefault === undefined ? value : makeDefault();
  if (initial !== undefined && !type.valid(initial)) {
    throw new TypeError(`Cannot define ${name}.${attr}: its default does not have the type ${type}`);
  }
  const written = { name: attr, kind: kind.definition };
  if (value === undefined || makeDefault !== undefined) return new CustomProperty(attr, type, written, makeDefault);
  return new CustomProperty(attr, type, { ...written, default: encodeDefault(`${name}.${attr}`, value) }, undefined);
}

function defaultsOf(name: string, base: ClassSpec, overrides: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(overrides).map(([attr, value]) => {
      const inherited = base.property(attr);
      if (inherited === undefined || inherited.aliasOf !== undefined) {
        throw new TypeError(`Cannot define ${name}: ${base.name} has no property ${JSON.stringify(attr)} to override`);
      }
      if (!inherited.type.valid(value)) {
        throw new TypeError(`Cannot define ${name}.${attr}: its default does not have the type ${inherited.type}`);
      }
      return [attr, encodeDefault(`${name}.${attr}`, value)];
    }),
  );
}

/**
 * Returns the representation of a default.
 *
 * @throws {TypeError} If it contains a model or binary data, which models cannot share.
 */
function encodeDefault(property: string, value: unknown): unknown {
  const rep = containsModels(value) ? undefined : new Serializer({ deferred: false }).encode(value);
  if (rep === undefined || JSON.stringify(rep).includes('"ndarray"')) {
    throw new TypeError(`Cannot define ${property}: models and arrays as defaults need a function that makes them`);
  }
  return rep;
}
