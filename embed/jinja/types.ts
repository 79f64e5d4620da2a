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

/** A float that is a whole number: numbers of JavaScript that are whole count as integers. */
export class Float {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }
}

/** A tuple, which differs from a list in its text only. */
export class Tuple extends Array<unknown> {}

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
