/**
 * Kinds that are one of several, or one with a condition.
 *
 * @module
 */

import { PropertyType } from "./property_type.ts";

/** A kind with other kinds as parts. */
export abstract class CompoundType extends PropertyType {
  #mayHaveRefs: boolean | undefined;
  #converts: boolean | undefined;

  /**
   * @param name What it is called.
   * @param parts What it is made of.
   */
  constructor(name: string, readonly parts: readonly PropertyType[]) {
    super(name);
  }

  /** Whether one of its parts may hold models. */
  override get mayHaveRefs(): boolean {
    return this.#mayHaveRefs ??= this.parts.some((part) => part.mayHaveRefs);
  }

  /** Whether one of its parts has other forms. */
  override get converts(): boolean {
    return this.#converts ??= this.parts.some((part) => part.converts);
  }

  /** Its name and its parts. */
  override toString(): string {
    return `${this.name}(${this.parts.join(", ")})`;
  }
}

/** What one of several kinds takes. */
export class OrType extends CompoundType {
  /** Whether one of them takes a value. */
  valid(value: unknown): boolean {
    for (const part of this.parts) if (part.valid(value)) return true;
    return false;
  }

  /** Whether a text is a value of one of them. */
  override acceptsText(text: string): boolean {
    return this.parts.some((part) => part.acceptsText(text));
  }

  /** The form of the first of them that takes the value. */
  override convert(value: unknown): unknown {
    return this.parts.find((part) => part.valid(value))?.convert(value) ?? value;
  }
}

/** What another kind takes, or null. */
export class NullableType extends CompoundType {
  readonly #some: PropertyType;

  /** @param some The other kind. */
  constructor(some: PropertyType) {
    super("Nullable", [some]);
    this.#some = some;
  }

  /** Whether it is null, or the other kind takes a value. */
  valid(value: unknown): boolean {
    return value === null || this.#some.valid(value);
  }

  /** Whether a text is a value of the other kind. */
  override acceptsText(text: string): boolean {
    return this.#some.acceptsText(text);
  }

  /** The form of the other kind. */
  override convert(value: unknown): unknown {
    return value === null ? value : this.#some.convert(value);
  }
}

/** What another kind takes, or nothing, as the end of a tuple. */
export class OptType extends CompoundType {
  /** Whether there is none, or the other kind takes it. */
  valid(value: unknown): boolean {
    return value === undefined || this.parts.every((part) => part.valid(value));
  }
}

/** Numbers of another kind that are not below a limit. */
export class LimitedType extends CompoundType {
  /**
   * @param name `"NonNegative"` or `"Positive"`.
   * @param number The other kind.
   */
  constructor(name: string, readonly number: PropertyType) {
    super(name, [number]);
  }

  /** Whether the other kind takes a value and it is within the limit. */
  valid(value: unknown): boolean {
    if (!this.number.valid(value)) return false;
    return this.name === "Positive" ? Number(value) > 0 : Number(value) >= 0;
  }
}
