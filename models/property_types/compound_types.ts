/**
 * Property types that are composed of others: unions, optional values, and numbers with a lower
 * limit.
 *
 * @module
 */

import { PropertyType } from "./property_type.ts";

/** The base class of property types that are composed of others. */
export abstract class CompoundType extends PropertyType {
  #mayHaveRefs: boolean | undefined;
  #converts: boolean | undefined;

  /**
   * @param name The name of the type.
   * @param parts The types that it is composed of.
   */
  constructor(name: string, readonly parts: readonly PropertyType[]) {
    super(name);
  }

  /** Whether values of one of the parts can contain models. */
  override get mayHaveRefs(): boolean {
    return this.#mayHaveRefs ??= this.parts.some((part) => part.mayHaveRefs);
  }

  /** Whether one of the parts converts values. */
  override get converts(): boolean {
    return this.#converts ??= this.parts.some((part) => part.converts);
  }

  /** Returns the name with the parts. */
  override toString(): string {
    return `${this.name}(${this.parts.join(", ")})`;
  }
}

/** A union of types. */
export class OrType extends CompoundType {
  /** Returns whether one of the types accepts a value. */
  valid(value: unknown): boolean {
    for (const part of this.parts) if (part.valid(value)) return true;
    return false;
  }

  /** Returns whether one of the types takes a text as a value. */
  override acceptsText(text: string): boolean {
    return this.parts.some((part) => part.acceptsText(text));
  }

  /** Converts a value by the first type that accepts it. */
  override convert(value: unknown): unknown {
    return this.parts.find((part) => part.valid(value))?.convert(value) ?? value;
  }
}

/** A type that accepts null and the values of another type. */
export class NullableType extends CompoundType {
  readonly #base: PropertyType;

  /** @param base The other type. */
  constructor(base: PropertyType) {
    super("Nullable", [base]);
    this.#base = base;
  }

  /** Returns whether a value is null or is accepted by the other type. */
  valid(value: unknown): boolean {
    return value === null || this.#base.valid(value);
  }

  /** Returns whether the other type takes a text as a value. */
  override acceptsText(text: string): boolean {
    return this.#base.acceptsText(text);
  }

  /** Converts a value by the other type. Null stays null. */
  override convert(value: unknown): unknown {
    return value === null ? value : this.#base.convert(value);
  }
}

/** An optional item at the end of a tuple. */
export class OptType extends CompoundType {
  /** Returns whether a value is undefined or is accepted by the other type. */
  valid(value: unknown): boolean {
    return value === undefined || this.parts.every((part) => part.valid(value));
  }
}

/** The numbers of another type that are positive, or not negative. */
export class LimitedType extends CompoundType {
  /**
   * @param name `"NonNegative"` or `"Positive"`.
   * @param number The type of the numbers.
   */
  constructor(name: string, readonly number: PropertyType) {
    super(name, [number]);
  }

  /** Returns whether a value is a number of the other type and not below the limit. */
  valid(value: unknown): boolean {
    if (!this.number.valid(value)) return false;
    return this.name === "Positive" ? Number(value) > 0 : Number(value) >= 0;
  }
}
