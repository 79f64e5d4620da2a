/**
 * Classes of models that documents define, in their `defs`.
 *
 * @module
 */

import { ClassSpec, Property, PropertyFlag } from "./class_spec.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import { type PropertyTypeDefinition, propertyTypeFromDefinition } from "../property_types/defined_type.ts";
import { Model } from "../base/model.ts";
import { prepareDefinedClass } from "./prepare_class.ts";
import { classSpec, type ModelClass } from "./registry.ts";

/** A property of a class that a document defines; one without a default must be set. */
export interface PropertyDefinition {
  /** Its name. */
  readonly name: string;
  /** What it takes. */
  readonly kind: PropertyTypeDefinition;
  /** Its default, as it is written. */
  readonly default?: unknown;
}

/** Another default for a property that a class inherits. */
export interface OverrideDefinition {
  /** Its name. */
  readonly name: string;
  /** Its default in the class, as it is written. */
  readonly default: unknown;
}

/** A class of models as documents define it. */
export interface ModelDefinition {
  /** What it is. */
  readonly type: "model";
  /** Name of the class. */
  readonly name: string;
  /** The class that it is derived from; none for models in general. */
  readonly extends?: { readonly id: string } | null;
  /** The properties that it adds. */
  readonly properties?: readonly PropertyDefinition[];
  /** Defaults of inherited properties that it changes. */
  readonly overrides?: readonly OverrideDefinition[];
}

/** What a class is made with. */
export interface DefinitionOptions {
  /** The class of a name. */
  readonly resolve: (name: string) => ModelClass | undefined;
  /** Reads the default of a property; called for each model that needs it. */
  readonly decode: (rep: unknown) => unknown;
  /** The classes of the models in its defaults. @default {[]} */
  readonly parts?: Iterable<DefinedSpec>;
}

/** The properties of a class that a document or an application defines. */
export class DefinedSpec extends ClassSpec {
  #cls: ModelClass | undefined;
  #signature: string | undefined;

  /**
   * Describes a class.
   *
   * @param definition The definition of the class.
   * @param base The properties of the class that it is derived from.
   * @param properties The properties that it adds or overrides.
   * @param parts The classes of the models in its defaults.
   */
  constructor(
    readonly definition: ModelDefinition,
    base: ClassSpec,
    properties: readonly Property[],
    parts: Iterable<DefinedSpec>,
  ) {
    super(definition.name, base, properties);
    this.dependencies = base instanceof DefinedSpec ? [base, ...parts] : [...parts];
  }

  /** The defined classes that BokehJS must know before this one. */
  readonly dependencies: readonly DefinedSpec[];

  /** The class itself. */
  get cls(): ModelClass {
    return this.#cls!;
  }

  set cls(cls: ModelClass) {
    this.#cls = cls;
  }

  /** Returns whether another class has the same definition, as one of a module that was loaded twice. */
  equals(other: DefinedSpec): boolean {
    return this === other || this.#fullSignature === other.#fullSignature;
  }

  /** The definition and those that it depends on, without the ids of models in defaults. */
  get #fullSignature(): string {
    return this.#signature ??= signatureOf(this.definition) +
      this.dependencies.map((spec) => spec.#fullSignature).join();
  }
}

/** Returns the properties of a class, undefined for a class of Bokeh's. */
export function definedSpecOf(cls: ModelClass): DefinedSpec | undefined {
  const { spec } = cls.prototype as Model;
  return spec instanceof DefinedSpec ? spec : undefined;
}

/** Returns a text that is equal for equal definitions. The models in defaults have other ids each time. */
export function signatureOf(definition: ModelDefinition): string {
  const { name, extends: base, properties = [], overrides = [] } = definition;
  return JSON.stringify([name, base?.id ?? "Model", properties, overrides], (_key, value) => {
    const isModelRep = typeof value === "object" && value?.type === "object";
    return isModelRep ? { ...value, id: undefined } : value;
  });
}

const NAME = /^[A-Za-z_]\w{0,99}$/;

/** A property with a kind and a default of its own. */
class DefinedProperty extends Property {
  readonly #type: PropertyType;
  readonly #decode: (rep: unknown) => unknown;

  constructor(attr: string, type: PropertyType, rep: unknown, flags: number, decode: (rep: unknown) => unknown) {
    super(attr, -1, rep, flags);
    this.#type = type;
    this.#decode = decode;
  }

  override get type(): PropertyType {
    return this.#type;
  }

  override freshDefault(): unknown {
    return this.defaultRep === undefined ? undefined : this.#decode(this.defaultRep);
  }
}

/**
 * Makes the class that a document defines.
 *
 * @throws {TypeError} if the definition is not right.
 */
export function classFromDefinition(definition: ModelDefinition, options: DefinitionOptions): ModelClass {
  const { resolve, decode, parts = [] } = options;
  const { name, properties = [], overrides = [] } = definition;
  if (typeof name !== "string" || !/^[\w.]{1,200}$/.test(name)) {
    throw new TypeError(`Cannot define a class: ${JSON.stringify(name)?.slice(0, 80)} is no name of one`);
  }
  const baseName = definition.extends?.id ?? "Model";
  const base = baseName === "Model" ? Model as unknown as ModelClass : resolve(baseName);
  if (base === undefined) throw new TypeError(`Cannot define ${name}: its base ${baseName} is not known`);
  if (!Array.isArray(properties) || !Array.isArray(overrides)) {
    throw new TypeError(`Cannot define ${name}: its properties or its overrides are no list`);
  }
  for (const property of properties) {
    // names of what objects and models have themselves would hide it
    if (!NAME.test(property.name) || property.name in Model.prototype) {
      throw new TypeError(`Cannot define ${name}: ${JSON.stringify(property.name)} cannot be an attribute`);
    }
  }
  const baseSpec = baseName === "Model" ? classSpec("Model") : new base().spec;
  const spec = new DefinedSpec(definition, baseSpec, [
    ...properties.map(({ name, kind, default: rep }) =>
      new DefinedProperty(
        name,
        propertyTypeFromDefinition(kind),
        rep,
        rep === undefined ? PropertyFlag.required : 0,
        decode,
      )
    ),
    ...overrides.map((override) => overriding(name, baseSpec.property(override.name), override, decode)),
  ], parts);
  const cls = class extends base {};
  spec.cls = cls;
  prepareDefinedClass(cls, spec);
  return cls;
}

/** A property that is inherited, with another default. */
function overriding(
  cls: string,
  inherited: Property | undefined,
  { name, default: rep }: OverrideDefinition,
  decode: (rep: unknown) => unknown,
): Property {
  if (inherited === undefined || inherited.aliasOf !== undefined) {
    throw new TypeError(`Cannot define ${cls}: it inherits no property ${JSON.stringify(name)} to override`);
  }
  return new DefinedProperty(name, inherited.type, rep, inherited.flags & ~PropertyFlag.required, decode);
}
