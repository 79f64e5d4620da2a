/**
 * Classes of models that an application defines: data that browsers keep in step.
 *
 * @module
 */

import { Deserializer } from "./deserializer.ts";
import type { KindDefinition } from "./kinds/defined_kind.ts";
import type { Model } from "./model.ts";
import {
  classFromDefinition,
  type ModelDefinition,
  type OverrideDefinition,
  type PropertyDefinition,
} from "./model_definition.ts";
import type { Attributes, ModelProps } from "./model_types.ts";
import { defineModel, isBokehType, modelClass } from "./registry.ts";
import { Serializer } from "./serializer.ts";

/** What a default says of the values that may stand for it: a literal stands for all of its kind. */
export type Widened<T> = {
  -readonly [K in keyof T]: T[K] extends number ? number
    : T[K] extends string ? string
    : T[K] extends boolean ? boolean
    : T[K];
};

/** A model of a class that an application defines. */
export type DataModel<T extends object> = Model & T & {
  /** The attributes of this type of model, for the type checker only: there is no such member. */
  readonly $props: ModelProps & T;
};

/** A class that an application defines. */
export interface DataModelClass<T extends object> {
  /** Makes a model with some attributes; the others stay at their defaults. */
  new (attributes?: Attributes<ModelProps & T>): DataModel<T>;
  /** The name of the class on the wire. */
  readonly type: string;
}

const definitions = new Map<string, ModelDefinition>();

/**
 * Defines a class of models with properties of its own, which documents carry to browsers and to other clients.
 *
 * @param name Name of the class on the wire.
 * @param defaults The properties with their defaults. Those that are numbers, texts or booleans take only such. One that the
 * base has too gets another default.
 * @param base The class that it is derived from, if it is from another that an application defines.
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
 * @throws {TypeError} if Bokeh has a class of this name, or all models have an attribute or method of one of the names.
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
    else properties.push({ name: attr, kind: kindOfDefault(value), default: rep });
  }
  const definition: ModelDefinition = {
    type: "model",
    name,
    ...base === undefined ? {} : { extends: { id: base.type } },
    properties,
    ...overrides.length === 0 ? {} : { overrides },
  };
  const cls = classFromDefinition(definition, {
    resolve: modelClass,
    decode: (rep) => new Deserializer().decode(rep),
  });
  defineModel(cls, name);
  definitions.set(name, definition);
  // its accessors are made of the very properties that its type is made of
  return cls as unknown as DataModelClass<Widened<T> & Omit<B, keyof T>>;
}

/** The classes that applications have defined, as documents carry them. */
export function applicationDefinitions(): readonly ModelDefinition[] {
  return [...definitions.values()];
}

function kindOfDefault(value: unknown): KindDefinition {
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
