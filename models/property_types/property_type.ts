/** What a property takes: a check of values that can say what it wants. */
export abstract class PropertyType {
  /**
   * Makes a kind.
   *
   * @param name What it is called.
   */
  constructor(readonly name: string) {}

  /** Whether a property of this kind takes a value. */
  abstract valid(value: unknown): boolean;

  /** Whether a value may hold models. */
  get mayHaveRefs(): boolean {
    return false;
  }

  /** For visual properties, the kind of their values and the units that are meant where none are given. */
  get dataSpec(): DataSpecInfo | undefined {
    return undefined;
  }

  /** Whether a text is a value of a visual property, and not the name of a column. */
  acceptsText(_text: string): boolean {
    return false;
  }

  /**
   * Whether {@linkcode convert} may have something to do: the other kinds take values as they are.
   */
  get converts(): boolean {
    return false;
  }

  /** The form in which a value is kept, where it may be written in several: `[255, 0, 0]` is `"rgb(255, 0, 0)"`. */
  convert(value: unknown): unknown {
    return value;
  }

  /** As errors tell of it. */
  toString(): string {
    return this.name;
  }
}

/** What a visual property is made of. */
export interface DataSpecInfo {
  /** What it takes as one value for all items. */
  readonly value: PropertyType;
  /** The units of values where none are given, undefined for values without. */
  readonly units?: string;
}
