/**
 * Property types that are not composed of others.
 *
 * @module
 */

import { ModelBase } from "../base/model_base.ts";
import { PropertyType } from "./property_type.ts";

/** The type of all values except undefined. */
export class AnyType extends PropertyType {
  /** Returns whether a value is not undefined. */
  valid(value: unknown): boolean {
    return value !== undefined;
  }

  /** True: any value can contain models. */
  override get mayHaveRefs(): boolean {
    return true;
  }
}

/** The type of all objects. */
export class AnyRefType extends AnyType {
  /** Returns whether a value is an object. */
  override valid(value: unknown): boolean {
    return typeof value === "object" && value !== null;
  }
}

/** A property type that is defined by a predicate. */
export class CheckedType extends PropertyType {
  /** Returns whether the predicate holds for a value. */
  readonly valid: (value: unknown) => boolean;
  readonly #acceptsText: boolean;

  /**
   * @param name The name of the type.
   * @param valid The predicate.
   * @param options With `acceptsText`, data specifications take valid texts as values instead of
   * names of columns.
   */
  constructor(name: string, valid: (value: unknown) => boolean, options: { acceptsText?: boolean } = {}) {
    super(name);
    this.valid = valid;
    this.#acceptsText = options.acceptsText ?? false;
  }

  /** Returns whether data specifications take a text as a value. */
  override acceptsText(text: string): boolean {
    return this.#acceptsText && this.valid(text);
  }
}

/** An enumeration of texts or numbers. */
export class EnumType extends PropertyType {
  readonly #values: ReadonlySet<unknown>;

  /** @param values The accepted values. */
  constructor(values: Iterable<string | number>) {
    super("Enum");
    this.#values = new Set(values);
  }

  /** Returns whether a value belongs to the enumeration. */
  valid(value: unknown): boolean {
    return this.#values.has(value);
  }

  /** Returns whether a text belongs to the enumeration. */
  override acceptsText(text: string): boolean {
    return this.#values.has(text);
  }

  /** Returns the type with all accepted values. */
  override toString(): string {
    return `Enum(${Array.from(this.#values, (value) => JSON.stringify(value)).join(", ")})`;
  }
}

/** A reference to a model of a class. */
export class RefType extends PropertyType {
  /** @param type The name of the class. */
  constructor(readonly type: string) {
    super("Ref");
  }

  /** Returns whether a value is a model of the class or of a derived class. */
  valid(value: unknown): boolean {
    return value instanceof ModelBase && value.isA(this.type);
  }

  /** True: the value is a model. */
  override get mayHaveRefs(): boolean {
    return true;
  }

  /** Returns the type with the name of the class. */
  override toString(): string {
    return `Ref(${this.type})`;
  }
}

/** Creates the type of the texts that match a regular expression. */
export function regexType(source: string): PropertyType {
  const pattern = new RegExp(source);
  const valid = (value: unknown) => typeof value === "string" && pattern.test(value);
  return new CheckedType(`Regex(${JSON.stringify(source)})`, valid, { acceptsText: true });
}

/** Creates the type of the texts that begin with a prefix. */
export function prefixedType(prefix: string): PropertyType {
  const valid = (value: unknown) => typeof value === "string" && value.startsWith(prefix);
  return new CheckedType(`PrefixedStr(${JSON.stringify(prefix)})`, valid, { acceptsText: true });
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const TIME_OF_DAY = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/;
const MILLISECONDS_OF_DAY = 86_400_000;

/**
 * Returns whether a value is an existing date as ISO 8601 text, with or without a time:
 * `2024-02-29`, `2024-02-29T12:30Z`.
 */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const parts = DAY.exec(value);
  if (parts === null) return false;
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(2000, month! - 1, day));
  date.setUTCFullYear(year!, month! - 1, day);
  return year! > 0 && date.getUTCMonth() === month! - 1 && date.getUTCDate() === day && isTime(hour, minute, second);
}

/**
 * Returns whether a value is a time of day, as text (`15:30`, `15:30:00`) or in milliseconds since
 * midnight.
 */
function isTimeOfDay(value: unknown): boolean {
  if (typeof value === "number") return value >= 0 && value < MILLISECONDS_OF_DAY;
  const parts = typeof value === "string" ? TIME_OF_DAY.exec(value) : null;
  return parts !== null && isTime(Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0));
}

function isTime(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}

/** The property types without parameters, by name. */
export const primitiveTypes: Readonly<Record<string, PropertyType>> = {
  Any: new AnyType("Any"),
  AnyRef: new AnyRefType("AnyRef"),
  Bool: new CheckedType("Bool", (value) => typeof value === "boolean"),
  Bytes: new CheckedType("Bytes", (value) => value instanceof Uint8Array || value instanceof ArrayBuffer),
  Day: new CheckedType("Day(YYYY-MM-DD)", isDay),
  Finite: new CheckedType("Finite", Number.isFinite),
  Float: new CheckedType("Float", (value) => typeof value === "number"),
  Func: new CheckedType("Func", (value) => typeof value === "function"),
  Int: new CheckedType("Int", Number.isInteger),
  Node: new CheckedType("Node", () => false),
  Null: new CheckedType("Null", (value) => value === null),
  Percent: new CheckedType("Percent", (value) => typeof value === "number" && value >= 0 && value <= 1),
  Str: new CheckedType("Str", (value) => typeof value === "string"),
  TimeOfDay: new CheckedType("TimeOfDay(HH:MM:SS)", isTimeOfDay),
};
