/**
 * Types of Python and Jinja for which JavaScript has no equivalent.
 *
 * @module
 */

/** Text that is HTML and is not escaped. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/**
 * A float with an integral value. A JavaScript number with an integral value below 2^53 counts as
 * an integer.
 */
export class Float {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }
}

/** A tuple. Its text differs from that of a list, and it does not equal a list. */
export class Tuple extends Array<unknown> {}

/** A list with a text of its own: a range, or the keys, values or items of a dict. */
export class View extends Array<unknown> {
  /** Name before the items in its text, as `dict_keys`. */
  name = "";
  /** Its text, unless that lists the items. */
  text: string | undefined;

  /** Returns a view of `items`. */
  static show(items: readonly unknown[], { name = "", text }: { name?: string; text?: string }): View {
    return Object.assign(View.from(items) as View, { name, text });
  }
}

/** The value of a variable or attribute that does not exist. */
export class Undefined {
  /** @param what Description of the variable or attribute for error messages. */
  constructor(readonly what: string) {}
}

/** A namespace: an object whose attributes can be set in inner scopes such as loops. */
export class Namespace {
  readonly values = new Map<string, unknown>();
}

/** Keyword arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;

/** A function of templates, with attributes that templates can read. */
export class Callable {
  constructor(
    readonly name: string,
    readonly call: (args: unknown[], keywords: Keywords) => unknown,
    readonly attributes: Readonly<Record<string, unknown>> = {},
  ) {}
}
