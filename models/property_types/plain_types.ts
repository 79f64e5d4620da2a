/**
 * Kinds that are not made of others.
 *
 * @module
 */

import { ModelBase } from "../base/model_base.ts";
import { PropertyType } from "./property_type.ts";

/** Anything that is not undefined. */
export class AnyType extends PropertyType {
  /** Whether there is a value. */
  valid(value: unknown): boolean {
    return value !== undefined;
  }

  /** Anything may be a model. */
  override get mayHaveRefs(): boolean {
    return true;
  }
}

/** Any object. */
export class AnyRefType extends AnyType {
  /** Whether a value is an object. */
  override valid(value: unknown): boolean {
    return typeof value === "object" && value !== null;
  }
}

/** A kind that a function checks. */
export class CheckedType extends PropertyType {
  /** Whether a value passes the check. */
  readonly valid: (value: unknown) => boolean;
  readonly #acceptsText: boolean;

  /**
   * @param name What the kind is called.
   * @param valid The check.
   * @param options Whether a text that passes is a value and not the name of a column.
   */
  constructor(name: string, valid: (value: unknown) => boolean, options: { acceptsText?: boolean } = {}) {
    super(name);
    this.valid = valid;
    this.#acceptsText = options.acceptsText ?? false;
  }

  /** Whether a text is a value. */
  override acceptsText(text: string): boolean {
    return this.#acceptsText && this.valid(text);
  }
}

/** One of some texts or numbers. */
export class EnumType extends PropertyType {
  readonly #values: ReadonlySet<unknown>;

  /** @param values What it takes. */
  constructor(values: Iterable<string | number>) {
    super("Enum");
    this.#values = new Set(values);
  }

  /** Whether a value is one of them. */
  valid(value: unknown): boolean {
    return this.#values.has(value);
  }

  /** Whether a text is one of them. */
  override acceptsText(text: string): boolean {
    return this.#values.has(text);
  }

  /** All of them. */
  override toString(): string {
    return `Enum(${Array.from(this.#values, (value) => JSON.stringify(value)).join(", ")})`;
  }
}

/** A model of a class. */
export class RefType extends PropertyType {
  /** @param type The name of the class. */
  constructor(readonly type: string) {
    super("Ref");
  }

  /** Whether a value is a model of the class or of one derived from it. */
  valid(value: unknown): boolean {
    return value instanceof ModelBase && value.isA(this.type);
  }

  /** It is one. */
  override get mayHaveRefs(): boolean {
    return true;
  }

  /** The class. */
  override toString(): string {
    return `Ref(${this.type})`;
  }
}

/** A text that a pattern matches. */
export function regexType(source: string): PropertyType {
  const pattern = new RegExp(source);
  const valid = (value: unknown) => typeof value === "string" && pattern.test(value);
  return new CheckedType(`Regex(${JSON.stringify(source)})`, valid, { acceptsText: true });
}

/** A text with a certain start. */
export function prefixedType(prefix: string): PropertyType {
  const valid = (value: unknown) => typeof value === "string" && value.startsWith(prefix);
  return new CheckedType(`PrefixedStr(${JSON.stringify(prefix)})`, valid, { acceptsText: true });
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const TIME_OF_DAY = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/;
const MILLISECONDS_OF_DAY = 86_400_000;

/** Returns whether a text is a day of the calendar in ISO form, with or without a time: `2024-02-29`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const parts = DAY.exec(value);
  if (parts === null) return false;
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(2000, month! - 1, day));
  date.setUTCFullYear(year!, month! - 1, day);
  return year! > 0 && date.getUTCMonth() === month! - 1 && date.getUTCDate() === day && isTime(hour, minute, second);
}

/** Whether a value is a time of day, as a text (`15:30`, `15:30:00`) or in milliseconds since midnight. */
function isTimeOfDay(value: unknown): boolean {
  if (typeof value === "number") return value >= 0 && value < MILLISECONDS_OF_DAY;
  const parts = typeof value === "string" ? TIME_OF_DAY.exec(value) : null;
  return parts !== null && isTime(Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0));
}

function isTime(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}

/** Kinds that a check of the type of values is enough for. */
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
