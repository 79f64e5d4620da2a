/**
 * What is known of a class of models: its properties with their kinds and defaults.
 *
 * @module
 */

import { specTable } from "./spec_table.ts";
import { type PropertyType, propertyType } from "../property_types/type_table.ts";
import { slotOf } from "../base/slots.ts";

/** Facts about a property that are true or false, as bits of the generated table. */
export const PropertyFlag = {
  /** It stays on its own side of the wire. */
  local: 1,
  /** Only a client may set it. */
  readonly: 2,
  /** Another name for the property that its default names. */
  alias: 4,
  /** Its default is made anew for each model, and is sent once it was made. */
  unstable: 8,
  /** It has no default: it must be set. */
  required: 16,
} as const;

type PropertyRow = [attr: string, type: number, defaultRep?: unknown, flags?: number];
type ModelRow = [name: string, base: string | null, own: PropertyRow[], overrides?: Record<string, unknown>];

/** One property of one class. */
export class Property {
  /**
   * The member of models that keeps its value.
   *
   * @internal
   */
  readonly slot: string;
  /**
   * Whether a value that its kind takes is kept as it is. `prepareValue` finds it out at the first one.
   *
   * @internal
   */
  keepsAsIs: boolean | undefined;
  #type: PropertyType | undefined;
  #default: unknown;
  #defaultMade = false;
  #makeDefault: (() => unknown) | undefined;

  /**
   * Describes a property.
   *
   * @param attr Its name.
   * @param typeIndex Where its kind stands in the generated table.
   * @param defaultRep Its default in Bokeh's wire representation; for an alias the property that it stands for.
   * @param flags Bits of {@linkcode PropertyFlag}.
   */
  constructor(
    readonly attr: string,
    readonly typeIndex: number,
    readonly defaultRep: unknown,
    readonly flags: number,
  ) {
    this.slot = slotOf(attr);
  }

  /** The values that it takes. */
  get type(): PropertyType {
    return this.#type ??= propertyType(this.typeIndex);
  }

  /** Whether it has no default: a model cannot be sent before it is set. */
  get required(): boolean {
    return (this.flags & PropertyFlag.required) !== 0;
  }

  /** Whether clients hear of it. */
  get serialized(): boolean {
    return (this.flags & PropertyFlag.local) === 0;
  }

  /** Whether only clients may change it. */
  get readonly(): boolean {
    return (this.flags & PropertyFlag.readonly) !== 0;
  }

  /** The property that it is another name of. */
  get aliasOf(): string | undefined {
    return (this.flags & PropertyFlag.alias) === 0 ? undefined : this.defaultRep as string;
  }

  /** Whether its default is made anew for each model. */
  get unstable(): boolean {
    return (this.flags & PropertyFlag.unstable) !== 0;
  }

  /**
   * The default that all models share, made at first use.
   *
   * @internal
   */
  sharedDefault(compile: DefaultCompiler): unknown {
    if (!this.#defaultMade) {
      this.#default = this.freshDefault(compile);
      this.#defaultMade = true;
    }
    return this.#default;
  }

  /**
   * A default for one model alone.
   *
   * @internal
   */
  freshDefault(compile: DefaultCompiler): unknown {
    return (this.#makeDefault ??= compile(this.defaultRep))();
  }
}

/** Makes a function that makes a default, of its wire representation. */
export type DefaultCompiler = (rep: unknown) => () => unknown;

/** All properties of one class, inherited ones first. */
export class ClassSpec {
  readonly #properties = new Map<string, Property>();
  #unstable: Property[] | undefined;
  #required: Property[] | undefined;
  #ancestors: string[] | undefined;
  #bySlot: Map<string, Property> | undefined;

  /**
   * Describes a class.
   *
   * @param name Name of the class.
   * @param base What is known of the class it is derived from.
   * @param own The properties that it adds.
   * @param overrides Defaults that it changes, by attribute.
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
        this.#properties.set(attr, new Property(attr, inherited.typeIndex, rep, flags));
      }
    }
    for (const property of own) this.#properties.set(property.attr, property);
  }

  /** The attributes that the class itself adds. */
  readonly ownAttributes: readonly string[];

  /** A property by name. */
  property(attr: string): Property | undefined {
    return this.#properties.get(attr);
  }

  /**
   * The property that a member of models keeps the value of, undefined where the member is no slot.
   *
   * @internal
   */
  ofSlot(slot: string): Property | undefined {
    this.#bySlot ??= new Map(Array.from(this.#properties.values(), (property) => [property.slot, property]));
    return this.#bySlot.get(slot);
  }

  /** All properties, inherited ones first. */
  properties(): Iterable<Property> {
    return this.#properties.values();
  }

  /** The serialized properties whose defaults are made anew for each model. */
  get unstable(): readonly Property[] {
    return this.#unstable ??= [...this.#properties.values()].filter((p) => p.unstable && p.serialized);
  }

  /** The serialized properties that have no default. */
  get required(): readonly Property[] {
    return this.#required ??= [...this.#properties.values()].filter((p) => p.required && p.serialized);
  }

  /** The names of this class and its bases, this one first. */
  get ancestors(): readonly string[] {
    return this.#ancestors ??= [this.name, ...this.base?.ancestors ?? []];
  }
}

/** Whether a default is a model, which each model of the class needs for itself. */
function isModelRep(rep: unknown): boolean {
  return typeof rep === "object" && rep !== null && "type" in rep && rep.type === "object";
}

/** The class specs, each unfolded from the generated table when it is first asked for. */
export class ClassSpecs {
  readonly #rows = new Map<string, string>();
  readonly #specs = new Map<string, ClassSpec>();

  constructor() {
    for (const row of specTable.models) this.#rows.set(row.slice(2, row.indexOf('"', 2)), row);
  }

  /** Whether the generated table has a class. */
  has(name: string): boolean {
    return this.#rows.has(name);
  }

  /** The spec of a class. Throws a TypeError for a class that is not known. */
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
