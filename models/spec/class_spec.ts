/**
 * The properties of classes of models, with their types and defaults.
 *
 * @module
 */

import { specTable } from "./spec_table.ts";
import { type PropertyType, propertyType } from "../property_types/type_table.ts";
import { slotOf } from "../base/slots.ts";

/** Flags of a property, as bits of a number in the generated table. */
export const PropertyFlag = {
  /** Its value is not sent over the wire. */
  local: 1,
  /** Only clients can set it. */
  readonly: 2,
  /** It is an alias of another property, whose name is in place of its default. */
  alias: 4,
  /**
   * Each model has its own default, which is sent over the wire once it was created. Bokeh calls
   * such defaults unstable.
   */
  unstable: 8,
  /** It has no default and must be set. */
  required: 16,
} as const;

/** A property in the generated table. */
type PropertyRow = [attr: string, type: number, defaultRep?: unknown, flags?: number];
/**
 * A class in the generated table, with the properties that it adds and the defaults that it
 * overrides.
 */
type ModelRow = [name: string, base: string | null, own: PropertyRow[], overrides?: Record<string, unknown>];

/** A property of a class. */
export class Property {
  /**
   * The property of model objects that stores the value; see `slots.ts`.
   *
   * @internal
   */
  readonly slot: string;
  /**
   * Whether models store valid values without a conversion. `prepareValue` sets it at its first
   * call for the property. Setting a text then takes 32 ns instead of 38 ns.
   *
   * @internal
   */
  keepsAsIs: boolean | undefined;
  /** The type, or its row in the generated table before the first use. */
  #type: PropertyType | number;
  #default: unknown;
  #defaultMade = false;
  #makeDefault: (() => unknown) | undefined;

  /**
   * Creates a property.
   *
   * @param attr The name of the attribute.
   * @param type Its type, or the row of its type in the generated table.
   * @param defaultRep The representation of its default on the wire. For an alias, the name of the
   * property that it stands for.
   * @param flags Bits of {@linkcode PropertyFlag}.
   */
  constructor(
    readonly attr: string,
    type: PropertyType | number,
    readonly defaultRep: unknown,
    readonly flags: number,
  ) {
    this.#type = type;
    this.slot = slotOf(attr);
  }

  /** The type of the property. */
  get type(): PropertyType {
    if (typeof this.#type === "number") this.#type = propertyType(this.#type);
    return this.#type;
  }

  /**
   * Returns the property with another default, for a derived class.
   *
   * @internal
   */
  withDefault(rep: unknown, flags: number): Property {
    return new Property(this.attr, this.#type, rep, flags);
  }

  /** Whether the property has no default. It must be set before its model is sent. */
  get required(): boolean {
    return (this.flags & PropertyFlag.required) !== 0;
  }

  /** Whether the value is sent to clients. */
  get serialized(): boolean {
    return (this.flags & PropertyFlag.local) === 0;
  }

  /** Whether only clients can set the property. */
  get readonly(): boolean {
    return (this.flags & PropertyFlag.readonly) !== 0;
  }

  /** The property that this one is an alias of, undefined if it is no alias. */
  get aliasOf(): string | undefined {
    return (this.flags & PropertyFlag.alias) === 0 ? undefined : this.defaultRep as string;
  }

  /** Whether each model has its own default. */
  get unstable(): boolean {
    return (this.flags & PropertyFlag.unstable) !== 0;
  }

  /**
   * Returns the default that all models share. Creates it at the first call.
   *
   * @internal
   * @param compile `compileDefault` of `defaults.ts`. It is passed as an argument, because
   * `defaults.ts` imports the registry, which imports this file.
   */
  sharedDefault(compile: DefaultCompiler): unknown {
    if (!this.#defaultMade) {
      this.#default = this.freshDefault(compile);
      this.#defaultMade = true;
    }
    return this.#default;
  }

  /**
   * Returns a new default for one model.
   *
   * @internal
   * @param compile `compileDefault` of `defaults.ts`.
   */
  freshDefault(compile: DefaultCompiler): unknown {
    return (this.#makeDefault ??= compile(this.defaultRep))();
  }
}

/** Returns a function that creates a default, from its representation on the wire. */
export type DefaultCompiler = (rep: unknown) => () => unknown;

/** All properties of a class. */
export class ClassSpec {
  readonly #properties = new Map<string, Property>();
  #unstable: Property[] | undefined;
  #required: Property[] | undefined;
  #ancestors: string[] | undefined;
  #bySlot: Map<string, Property> | undefined;

  /**
   * Creates the properties of a class.
   *
   * @param name The name of the class.
   * @param base The properties of its base class.
   * @param own The properties that the class adds.
   * @param overrides Representations of other defaults for inherited properties, by attribute.
   */
  constructor(
    readonly name: string,
    readonly base: ClassSpec | null,
    own: readonly Property[],
    overrides: Readonly<Record<string, unknown>> = {},
  ) {
    this.ownAttributes = own.map((property) => property.attr);
    if (base !== null) {
      for (const [attr, property] of base.#properties) this.#properties.set(attr, property);
    }
    for (const [attr, rep] of Object.entries(overrides)) {
      const inherited = this.#properties.get(attr);
      if (inherited !== undefined) {
        const kept = inherited.flags & ~PropertyFlag.required;
        const flags = isModelRep(rep) ? kept | PropertyFlag.unstable : kept;
        this.#properties.set(attr, inherited.withDefault(rep, flags));
      }
    }
    for (const property of own) this.#properties.set(property.attr, property);
  }

  /** The names of the attributes that the class itself adds. */
  readonly ownAttributes: readonly string[];

  /** Returns the property with a name, undefined if there is none. */
  property(attr: string): Property | undefined {
    return this.#properties.get(attr);
  }

  /**
   * Returns the property of a slot, undefined for other members of models.
   *
   * @internal
   */
  ofSlot(slot: string): Property | undefined {
    this.#bySlot ??= new Map(Array.from(this.#properties.values(), (property) => [property.slot, property]));
    return this.#bySlot.get(slot);
  }

  /** Returns all properties. Inherited properties come first. */
  properties(): Iterable<Property> {
    return this.#properties.values();
  }

  /** The properties that are sent to clients and for which each model has its own default. */
  get unstable(): readonly Property[] {
    return this.#unstable ??= [...this.#properties.values()].filter((p) => p.unstable && p.serialized);
  }

  /** The properties that are sent to clients and have no default. */
  get required(): readonly Property[] {
    return this.#required ??= [...this.#properties.values()].filter((p) => p.required && p.serialized);
  }

  /** The names of the class and its bases. The class itself comes first. */
  get ancestors(): readonly string[] {
    return this.#ancestors ??= [this.name, ...this.base?.ancestors ?? []];
  }
}

/**
 * Returns whether the representation of a default is a model. Models do not share models as
 * defaults.
 */
function isModelRep(rep: unknown): boolean {
  return typeof rep === "object" && rep !== null && "type" in rep && rep.type === "object";
}

/** The properties of all classes of Bokeh. The row of a class is parsed at its first use. */
export class ClassSpecs {
  readonly #rows = new Map<string, string>();
  readonly #specs = new Map<string, ClassSpec>();

  constructor() {
    for (const row of specTable.models) this.#rows.set(row.slice(2, row.indexOf('"', 2)), row);
  }

  /** Returns whether there is a class with a name. */
  has(name: string): boolean {
    return this.#rows.has(name);
  }

  /**
   * Returns the properties of a class.
   *
   * @throws {TypeError} If there is no such class.
   */
  get(name: string): ClassSpec {
    const known = this.#specs.get(name);
    if (known !== undefined) return known;
    const row = this.#rows.get(name);
    if (row === undefined) throw new TypeError(`Cannot find the model class ${name}: no such class is defined`);
    const [, base, own, overrides]: ModelRow = JSON.parse(row);
    const properties = own.map(([attr, type, rep, flags]) => new Property(attr, type, rep, flags ?? 0));
    const made = new ClassSpec(name, base === null ? null : this.get(base), properties, overrides);
    this.#specs.set(name, made);
    return made;
  }
}
