/**
 * Property types of lists, maps, sets and records.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import { isTypedArray } from "../columns/columns.ts";
import { CompoundType } from "./compound_types.ts";
import type { PropertyType } from "./property_type.ts";

/** A list whose items are all of one type. */
export class ListType extends CompoundType {
  /**
   * @param name `"List"`, `"NonEmptyList"`, or `"Arrayable"`, which accepts typed arrays too.
   * @param item The type of the items.
   */
  constructor(name: string, readonly item: PropertyType) {
    super(name, [item]);
  }

  /** Returns whether a value is a list of such items. */
  valid(value: unknown): boolean {
    if (!Array.isArray(value)) return this.name === "Arrayable" && isTypedArray(value) && this.item.valid(0);
    if (value.length === 0) return this.name !== "NonEmptyList";
    if (this.name === "Arrayable" && Object.hasOwn(value, "shape")) return true;
    for (const item of value) if (!this.item.valid(item)) return false;
    return true;
  }

  /** Returns the list with its items converted. */
  override convert(value: unknown): unknown {
    if (!Array.isArray(value) || !this.converts || value.every((item) => typeof item === "string")) return value;
    return value.map((item) => this.item.convert(item));
  }
}

/** A list with a type for each item. */
export class TupleType extends CompoundType {
  /** Returns whether a value is a list of such items. */
  valid(value: unknown): boolean {
    if (!Array.isArray(value) || value.length > this.parts.length) return false;
    for (let i = 0; i < this.parts.length; i++) if (!this.parts[i]?.valid(value[i])) return false;
    return true;
  }
}

/** Values by text keys, as a plain object or a `Map`. */
export class DictType extends CompoundType {
  /**
   * @param item The type of the values.
   */
  constructor(readonly item: PropertyType) {
    super("Dict", [item]);
  }

  /** Returns whether a value is such an object. */
  valid(value: unknown): boolean {
    if (value instanceof Map) {
      for (const [key, item] of value) if (typeof key !== "string" || !this.item.valid(item)) return false;
      return true;
    }
    if (!isRecord(value)) return false;
    for (const key in value) if (!this.item.valid(value[key])) return false;
    return true;
  }
}

/**
 * Values by keys of any type, as a `Map`. A plain object is accepted if its keys are valid as texts
 * or as numbers.
 */
export class MappingType extends CompoundType {
  /**
   * @param name `"Mapping"` or `"KeyVal"`.
   * @param key The type of the keys.
   * @param item The type of the values.
   */
  constructor(name: string, readonly key: PropertyType, readonly item: PropertyType) {
    super(name, [key, item]);
  }

  /** Returns whether a value is such a map. */
  valid(value: unknown): boolean {
    const entries = this.#entriesOf(value);
    return entries !== undefined && entries.every(([key, item]) => this.key.valid(key) && this.item.valid(item));
  }

  /** Whether keys can be numbers: plain objects are converted then. */
  override get converts(): boolean {
    return this.key.valid(0);
  }

  /** Returns a `Map` for a plain object whose keys are numbers. */
  override convert(value: unknown): unknown {
    const entries = isRecord(value) ? this.#entriesOf(value) : undefined;
    return entries?.some(([key]) => typeof key === "number") ? new Map(entries) : value;
  }

  #entriesOf(value: unknown): [unknown, unknown][] | undefined {
    if (value instanceof Map) return [...value];
    return isRecord(value) ? Object.entries(value).map(([key, item]) => [this.#keyOf(key), item]) : undefined;
  }

  #keyOf(text: string): unknown {
    const number = Number(text);
    return String(number) === text && this.key.valid(number) ? number : text;
  }
}

/** A `Set` whose items are all of one type. */
export class SetType extends CompoundType {
  /** Returns whether a value is such a set. */
  valid(value: unknown): boolean {
    return value instanceof Set && [...value].every((item) => this.parts[0]?.valid(item));
  }
}

/** A plain object with fixed fields. */
export class StructType extends CompoundType {
  readonly #fields: ReadonlyMap<string, PropertyType>;

  /**
   * @param name `"Struct"`, or `"PartialStruct"`, whose fields are optional.
   * @param fields The types of the fields.
   */
  constructor(name: string, fields: Readonly<Record<string, PropertyType>>) {
    super(name, Object.values(fields));
    this.#fields = new Map(Object.entries(fields));
  }

  /** Returns whether a value is such an object. */
  valid(value: unknown): boolean {
    if (!isRecord(value)) return false;
    for (const key in value) if (!this.#fields.has(key)) return false;
    for (const [key, type] of this.#fields) {
      const field = value[key];
      if (!(field === undefined && this.name === "PartialStruct") && !type.valid(field)) return false;
    }
    return true;
  }

  /** Returns the type with its fields and their types. */
  override toString(): string {
    const mark = this.name === "PartialStruct" ? "?" : "";
    return `${this.name}({${Array.from(this.#fields, ([key, type]) => `${key}${mark}: ${type}`).join(", ")}})`;
  }
}
