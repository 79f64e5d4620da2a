/**
 * Types of the properties of custom models, under the names that BokehJS gives them.
 *
 * @module
 */

import type { ModelLike } from "../base/model_like.ts";
import type { ModelType } from "../base/query.ts";
import type { PropertyTypeDefinition } from "../property_types/defined_type.ts";
import type { Color as ColorValue, Spec as SpecValue } from "../values/spec_types.ts";

/** A type of properties, whose values have the type `T`. */
export interface PropertyKind<T = unknown> {
  /** The type as it is sent to BokehJS. */
  readonly definition: PropertyTypeDefinition;
  /** The type of values, for the type checker only: there is no such member at run time. */
  readonly $value?: T;
}

/** The type of the values of a property type. */
export type KindValue<K> = K extends PropertyKind<infer T> ? T : never;

/** The type of objects with fields of given types. */
export type StructValue<T> =
  & { -readonly [K in keyof T as undefined extends KindValue<T[K]> ? never : K]: KindValue<T[K]> }
  & { -readonly [K in keyof T as undefined extends KindValue<T[K]> ? K : never]?: KindValue<T[K]> };

/** The constructors of property types. They have the names of BokehJS's `define`. */
export interface PropertyTypes {
  /** Any value. */
  readonly Any: PropertyKind<unknown>;
  /** Any object. */
  readonly AnyRef: PropertyKind<object>;
  /** A boolean. */
  readonly Bool: PropertyKind<boolean>;
  /** Bytes. */
  readonly Bytes: PropertyKind<Uint8Array>;
  /** A color: a name, a hexadecimal text, or a list of red, green, blue and alpha. */
  readonly Color: PropertyKind<ColorValue>;
  /** The lengths of dashes and gaps in pixels, or a name such as `dashed`. */
  readonly DashPattern: PropertyKind<readonly number[] | string>;
  /** A number. */
  readonly Float: PropertyKind<number>;
  /** A size with its unit, such as `12px`. */
  readonly FontSize: PropertyKind<string>;
  /** An integer. */
  readonly Int: PropertyKind<number>;
  /** Null. */
  readonly Null: PropertyKind<null>;
  /** A number from 0 to 1. */
  readonly Percent: PropertyKind<number>;
  /** A text. */
  readonly Str: PropertyKind<string>;
  /** An object with values of one type. */
  Dict<T>(values: PropertyKind<T>): PropertyKind<Record<string, T>>;
  /** One of some texts or numbers. */
  Enum<const T extends readonly (string | number)[]>(...values: T): PropertyKind<T[number]>;
  /** A list. */
  List<T>(items: PropertyKind<T>): PropertyKind<T[]>;
  /** A `Map`. */
  Mapping<K, V>(keys: PropertyKind<K>, values: PropertyKind<V>): PropertyKind<Map<K, V>>;
  /** A number that is not negative. */
  NonNegative<T extends number>(numbers: PropertyKind<T>): PropertyKind<T>;
  /** A value or null. */
  Nullable<T>(values: PropertyKind<T>): PropertyKind<T | null>;
  /** A field of a `Struct` that can be absent. */
  Opt<T>(values: PropertyKind<T>): PropertyKind<T | undefined>;
  /** A value of one of some types. */
  Or<const T extends readonly PropertyKind[]>(...types: T): PropertyKind<KindValue<T[number]>>;
  /** A number greater than zero. */
  Positive<T extends number>(numbers: PropertyKind<T>): PropertyKind<T>;
  /** A model of a class or of a derived class. */
  Ref<M extends ModelLike>(type: ModelType<M>): PropertyKind<M>;
  /** One value for all items, the name of a column, or an expression: a property of a glyph. */
  Spec<T>(values: PropertyKind<T>): PropertyKind<SpecValue<T>>;
  /** An object with given fields. */
  Struct<const T extends Readonly<Record<string, PropertyKind>>>(fields: T): PropertyKind<StructValue<T>>;
  /** A list with given types of its items. */
  Tuple<const T extends readonly PropertyKind[]>(
    ...items: T
  ): PropertyKind<{ -readonly [K in keyof T]: KindValue<T[K]> }>;
}

/**
 * The types of properties of custom models. A function that {@linkcode defineModel} calls with them
 * gives the properties of a class.
 */
export const propertyTypes: PropertyTypes = {
  Any: { definition: "Any" },
  AnyRef: { definition: "AnyRef" },
  Bool: { definition: "Bool" },
  Bytes: { definition: "Bytes" },
  Color: { definition: "Color" },
  DashPattern: { definition: "DashPattern" },
  Float: { definition: "Float" },
  FontSize: { definition: "FontSize" },
  Int: { definition: "Int" },
  Null: { definition: "Null" },
  Percent: { definition: "Percent" },
  Str: { definition: "Str" },
  Dict: (values) => ({ definition: ["Dict", values.definition] }),
  Enum: (...values) => ({ definition: ["Enum", ...values] }),
  List: (items) => ({ definition: ["List", items.definition] }),
  Mapping: (keys, values) => ({ definition: ["Mapping", keys.definition, values.definition] }),
  NonNegative: (numbers) => ({ definition: ["NonNegative", numbers.definition] }),
  Nullable: (values) => ({ definition: ["Nullable", values.definition] }),
  Opt: (values) => ({ definition: ["Opt", values.definition] }),
  Or: (...types) => ({ definition: ["Or", ...types.map(({ definition }) => definition)] }),
  Positive: (numbers) => ({ definition: ["Positive", numbers.definition] }),
  Ref: (type) => ({ definition: ["Ref", { id: (type as unknown as { readonly type: string }).type }] }),
  Spec: (values) => ({ definition: ["Spec", values.definition] }),
  Struct: (fields) => ({
    definition: ["Struct", ...Object.entries(fields).map(([name, { definition }]) => [name, definition])],
  }),
  Tuple: (...items) => ({ definition: ["Tuple", ...items.map(({ definition }) => definition)] }),
};
