/**
 * The base class of property types.
 *
 * @module
 */

/**
 * The type of a property: it checks the values that the property accepts. Names follow BokehJS, for
 * example `Nullable(Int)`.
 */
export abstract class PropertyType {
  /**
   * Creates a property type.
   *
   * @param name Its name, without the types that it is composed of.
   */
  constructor(readonly name: string) {}

  /** Returns whether a property of this type accepts a value. */
  abstract valid(value: unknown): boolean;

  /** Whether values can contain models. */
  get mayHaveRefs(): boolean {
    return false;
  }

  /** The parts of a data specification, undefined for properties that cannot refer to a column. */
  get dataSpec(): DataSpecInfo | undefined {
    return undefined;
  }

  /**
   * Returns whether a data specification takes a text as a value. It takes other texts as names of
   * columns.
   */
  acceptsText(_text: string): boolean {
    return false;
  }

  /** Whether {@linkcode convert} can return another value than its argument. */
  get converts(): boolean {
    return false;
  }

  /**
   * Returns the form in which models store a valid value: `"rgb(255, 0, 0)"` for the color
   * `[255, 0, 0]`.
   */
  convert(value: unknown): unknown {
    return value;
  }

  /** Returns the type as error messages show it. */
  toString(): string {
    return this.name;
  }
}

/**
 * The parts of a data specification: a property that is one value for all items, a column, or an
 * expression.
 */
export interface DataSpecInfo {
  /** The type of one value for all items. */
  readonly value: PropertyType;
  /** The units of values without explicit units, undefined for values without units. */
  readonly units?: string;
}
