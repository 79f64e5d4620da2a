/**
 * Classes of models that documents define, in the field `defs` of the wire format.
 *
 * @module
 */

import { ClassSpec, Property, PropertyFlag } from "./class_spec.ts";
import type { PropertyType } from "../property_types/type_table.ts";
import { type PropertyTypeDefinition, propertyTypeFromDefinition } from "../property_types/defined_type.ts";
import { Model } from "../base/model.ts";
import { prepareDefinedClass } from "./prepare_class.ts";
import { classSpec, type ModelClass } from "./registry.ts";

/** The definition of a property. */
export interface PropertyDefinition {
  /** The name of the property. */
  readonly name: string;
  /** The type of the property. */
  readonly kind: PropertyTypeDefinition;
  /** The representation of its default. A property without a default must be set. */
  readonly default?: unknown;
}

/** Another default for an inherited property. */
export interface OverrideDefinition {
  /** The name of the property. */
  readonly name: string;
  /** The representation of its default. */
  readonly default: unknown;
}

/** The definition of a class of models. */
export interface ModelDefinition {
  /** The type of the definition. */
  readonly type: "model";
  /** The name of the class. */
  readonly name: string;
  /** The base class, `Model` if absent. */
  readonly extends?: { readonly id: string } | null;
  /** The properties that the class adds. */
  readonly properties?: readonly PropertyDefinition[];
  /** Other defaults for inherited properties. */
  readonly overrides?: readonly OverrideDefinition[];
}

/** Options of {@linkcode classFromDefinition}. */
export interface DefinitionOptions {
  /** Returns the class with a name, undefined if there is none. */
  readonly resolve: (name: string) => ModelClass | undefined;
  /** Deserializes the default of a property. Called for each model that needs the default. */
  readonly decode: (rep: unknown) => unknown;
  /**
   * The defined classes of the models in its defaults.
   * @default {[]}
   */
  readonly parts?: Iterable<DefinedSpec>;
}

/** The properties of a class that a document or an application defines. */
export class DefinedSpec extends ClassSpec {
  #cls: ModelClass | undefined;
  #signature: string | undefined;

  /**
   * Creates the properties of a class.
   *
   * @param definition The definition of the class.
   * @param base The properties of the base class.
   * @param properties The properties that the class adds or overrides.
   * @param parts The defined classes of the models in its defaults.
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

  /** The defined classes that must be sent to BokehJS before this one. */
  readonly dependencies: readonly DefinedSpec[];

  /** The class. */
  get cls(): ModelClass {
    return this.#cls!;
  }

  set cls(cls: ModelClass) {
    this.#cls = cls;
  }

  /**
   * Returns whether another class has the same definition, for example because its module was
   * loaded twice.
   */
  equals(other: DefinedSpec): boolean {
    return this === other || this.#fullSignature === other.#fullSignature;
  }

  /**
   * The text of the definition and of those that it depends on, without the ids of models in
   * defaults.
   */
  get #fullSignature(): string {
    return this.#signature ??= signatureOf(this.definition) +
      this.dependencies.map((spec) => spec.#fullSignature).join();
  }
}

/** Returns the properties of a defined class, undefined for a class of Bokeh. */
export function definedSpecOf(cls: ModelClass): DefinedSpec | undefined {
  const { spec } = cls.prototype as Model;
  return spec instanceof DefinedSpec ? spec : undefined;
}

/**
 * Returns a text that is equal for equal definitions. It leaves out the ids of models in defaults,
 * which always differ.
 */
export function signatureOf(definition: ModelDefinition): string {
  const { name, extends: base, properties = [], overrides = [] } = definition;
  return JSON.stringify([name, base?.id ?? "Model", properties, overrides], (_key, value) => {
    const isModelRep = typeof value === "object" && value?.type === "object";
    return isModelRep ? { ...value, id: undefined } : value;
  });
}

const NAME = /^[A-Za-z_]\w{0,99}$/;

/** A property that is not in the generated table. */
class DefinedProperty extends Property {
  readonly #decode: (rep: unknown) => unknown;

  constructor(attr: string, type: PropertyType, rep: unknown, flags: number, decode: (rep: unknown) => unknown) {
    super(attr, type, rep, flags);
    this.#decode = decode;
  }

  override freshDefault(): unknown {
    return this.defaultRep === undefined ? undefined : this.#decode(this.defaultRep);
  }
}

/**
 * Creates the class of a definition.
 *
 * @throws {TypeError} If the definition is invalid or its base class does not exist.
 */
export function classFromDefinition(definition: ModelDefinition, options: DefinitionOptions): ModelClass {
  const { resolve, decode, parts = [] } = options;
  const { name, properties = [], overrides = [] } = definition;
  if (typeof name !== "string" || !/^[\w.]{1,200}$/.test(name)) {
    throw new TypeError(`Cannot define a class: ${JSON.stringify(name)?.slice(0, 80)} is not a valid name`);
  }
  const baseName = definition.extends?.id ?? "Model";
  const base = baseName === "Model" ? Model as unknown as ModelClass : resolve(baseName);
  if (base === undefined) throw new TypeError(`Cannot define ${name}: its base ${baseName} is not known`);
  if (!Array.isArray(properties) || !Array.isArray(overrides)) {
    throw new TypeError(`Cannot define ${name}: its properties and overrides must be lists`);
  }
  for (const property of properties) {
    // An attribute with the name of a member of Model would hide that member.
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

/** Returns an inherited property with another default. */
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
