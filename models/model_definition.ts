/**
 * Classes of models that documents define, in their `defs`.
 *
 * @module
 */

import { ClassSpec, Property, PropertyFlag } from "./class_spec.ts";
import type { Kind } from "./kinds.ts";
import { type KindDefinition, kindFromDefinition } from "./kinds/defined_kind.ts";
import { Model } from "./model.ts";
import { classSpec, type ModelClass, prepareDefinedClass } from "./registry.ts";

/** A property of a class that a document defines; one without a default must be set. */
export interface PropertyDefinition {
  /** Its name. */
  readonly name: string;
  /** What it takes. */
  readonly kind: KindDefinition;
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
}

const NAME = /^[A-Za-z_]\w{0,99}$/;

/** A property with a kind and a default of its own. */
class DefinedProperty extends Property {
  readonly #kind: Kind;
  readonly #decode: (rep: unknown) => unknown;

  constructor(attr: string, kind: Kind, rep: unknown, flags: number, decode: (rep: unknown) => unknown) {
    super(attr, -1, rep, flags);
    this.#kind = kind;
    this.#decode = decode;
  }

  override get kind(): Kind {
    return this.#kind;
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
export function classFromDefinition(definition: ModelDefinition, { resolve, decode }: DefinitionOptions): ModelClass {
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
  const spec = new ClassSpec(name, baseSpec, [
    ...properties.map(({ name, kind, default: rep }) =>
      new DefinedProperty(name, kindFromDefinition(kind), rep, rep === undefined ? PropertyFlag.required : 0, decode)
    ),
    ...overrides.map((override) => overriding(name, baseSpec.property(override.name), override, decode)),
  ]);
  const cls = class extends base {};
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
  return new DefinedProperty(name, inherited.kind, rep, inherited.flags & ~PropertyFlag.required, decode);
}
