/**
 * Classes of models that applications define, for data that is synchronized with browsers.
 *
 * @module
 */

import { Deserializer } from "../wire/deserializer.ts";
import type { PropertyTypeDefinition } from "../property_types/defined_type.ts";
import type { Model, ModelProps } from "../base/model.ts";
import type { ModelLike } from "../base/model_like.ts";
import {
  classFromDefinition,
  DefinedSpec,
  definedSpecOf,
  type ModelDefinition,
  type OverrideDefinition,
  type PropertyDefinition,
} from "./model_definition.ts";
import type { Attributes, Concrete } from "../base/model_types.ts";
import { isBokehType, type ModelClass, modelClass, registerModel } from "./registry.ts";
import { Serializer } from "../wire/serializer.ts";

/** The types of properties by the types of their defaults: `number` for the default `1`. */
export type Widened<T> = {
  -readonly [K in keyof T]: T[K] extends number ? number
    : T[K] extends string ? string
    : T[K] extends boolean ? boolean
    : T[K];
};

/** A model of a class that an application defines. */
export type DataModel<T extends object> = Model & T & {
  /** The type of the attributes, for the type checker only: there is no such member at run time. */
  readonly $props: ModelProps & T & { readonly [Concrete]?: true };
};

/** A class that an application defines. */
export interface DataModelClass<T extends object> {
  /** Creates a model with some attributes. The others keep their defaults. */
  new (attributes?: Attributes<ModelProps & T>): DataModel<T>;
  /** The name of the class on the wire. */
  readonly type: string;
}

/** The class that was last defined with a name. */
interface ApplicationClass {
  readonly spec: DefinedSpec;
  /** Whether a class with the same name and another definition was defined before. */
  readonly isAmbiguous: boolean;
}

const NO_SPECS: readonly DefinedSpec[] = [];
const applicationClasses = new Map<string, ApplicationClass>();

/**
 * Defines a class of models with its own properties. Documents send the definition to clients.
 *
 * @param name The name of the class on the wire. Applications can use the same name for different
 * classes, but the models of a document must be of one of them.
 * @param defaults The properties with their defaults. A property whose default is a number, a text
 * or a boolean accepts only such values. For an inherited property, the value replaces its default.
 * @param base The base class, if it is a class that an application has defined.
 * @returns The class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { dataModel } from "@bokeh/server/models";
 *
 * const Person = dataModel("Person", { first: "", age: 0, friends: [] as string[] });
 *
 * const ada = new Person({ first: "Ada", age: 36 });
 * ada.on_change("age", (_attr, old, age) => assertEquals([old, age], [36, 37]));
 * ada.age += 1;
 * ```
 *
 * @throws {TypeError} If Bokeh has a class with this name, or `Model` has a member with the name of
 * a property.
 */
export function dataModel<T extends object, B extends object = object>(
  name: string,
  defaults: T,
  base?: DataModelClass<B>,
): DataModelClass<Widened<T> & Omit<B, keyof T>> {
  if (isBokehType(name)) throw new TypeError(`Cannot define ${name}: Bokeh has a class of this name`);
  const serializer = new Serializer({ deferred: false });
  const inherited = base === undefined ? undefined : new base().spec;
  const properties: PropertyDefinition[] = [];
  const overrides: OverrideDefinition[] = [];
  for (const [attr, value] of Object.entries(defaults)) {
    const rep = serializer.encode(value);
    if (inherited?.property(attr) !== undefined) overrides.push({ name: attr, default: rep });
    else properties.push({ name: attr, kind: typeOfDefault(value), default: rep });
  }
  const definition: ModelDefinition = {
    type: "model",
    name,
    ...base === undefined ? {} : { extends: { id: base.type } },
    properties,
    ...overrides.length === 0 ? {} : { overrides },
  };
  const parts = new Map(definedSpecs(serializer.written).map((spec) => [spec.name, spec]));
  // Resolve the classes in defaults now: another application can define a class with the same name
  // later.
  const resolve = (type: string) => parts.get(type)?.cls ?? modelClass(type);
  const cls = classFromDefinition(definition, {
    resolve: () => base as ModelClass | undefined,
    decode: (rep) => new Deserializer({ resolve }).decode(rep),
    parts: parts.values(),
  });
  registerModel(cls, name);
  registerApplicationClass(definedSpecOf(cls)!);
  // The accessors and the type are both derived from `defaults`.
  return cls as unknown as DataModelClass<Widened<T> & Omit<B, keyof T>>;
}

function registerApplicationClass(spec: DefinedSpec): void {
  const known = applicationClasses.get(spec.name);
  const isAmbiguous = known !== undefined && (known.isAmbiguous || !known.spec.equals(spec));
  applicationClasses.set(spec.name, { spec, isAmbiguous });
}

/** Returns the defined classes of some models, without duplicates. */
export function definedSpecs(models: Iterable<ModelLike>): readonly DefinedSpec[] {
  let specs: Set<DefinedSpec> | undefined; // Most models have classes of Bokeh: do not allocate a set for them.
  for (const { spec } of models) if (spec instanceof DefinedSpec) (specs ??= new Set()).add(spec);
  return specs === undefined ? NO_SPECS : [...specs];
}

/**
 * Returns the classes that applications have defined, without those whose name has several
 * definitions.
 */
export function applicationClassSpecs(): DefinedSpec[] {
  return Array.from(applicationClasses.values(), ({ spec }) => spec).filter(isUnambiguous);
}

/** Returns whether applications have defined different classes with a name. */
export function isAmbiguousName(name: string): boolean {
  return applicationClasses.get(name)?.isAmbiguous === true;
}

function isUnambiguous(spec: DefinedSpec): boolean {
  return !isAmbiguousName(spec.name) && spec.dependencies.every(isUnambiguous);
}

function typeOfDefault(value: unknown): PropertyTypeDefinition {
  switch (typeof value) {
    case "number":
      return "Float";
    case "string":
      return "Str";
    case "boolean":
      return "Bool";
    default:
      return "Any";
  }
}
