/**
 * The types of values that JavaScript does not have.
 *
 * @module
 */

/** Text that needs no escaping. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** A float that is a whole number: whole numbers of JavaScript below 2^53 count as integers. */
export class Float {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }
}

/** A tuple: it has another text than a list, and does not equal one. */
export class Tuple extends Array<unknown> {}

/** A list with another text: a range, or the keys, values or items of a dict. */
export class View extends Array<unknown> {
  /** Text before the items, as `dict_keys`. */
  name = "";
  /** The whole text, if it does not list the items. */
  text: string | undefined;

  /** Returns a view of `items`. */
  static show(items: readonly unknown[], { name = "", text }: { name?: string; text?: string }): View {
    return Object.assign(View.from(items) as View, { name, text });
  }
}

/** A name or an attribute that does not exist. */
export class Undefined {
  constructor(readonly what: string) {}
}

/** What `namespace()` makes: its attributes can be set within loops. */
export class Namespace {
  readonly values = new Map<string, unknown>();
}

/** Attributes that a template sets with arguments by name. */
export type Keywords = ReadonlyMap<string, unknown>;

/** A function of templates: arguments by position, then those by name. */
export class Callable {
  constructor(
    readonly name: string,
    readonly call: (args: unknown[], keywords: Keywords) => unknown,
    readonly attributes: Readonly<Record<string, unknown>> = {},
  ) {}
}
