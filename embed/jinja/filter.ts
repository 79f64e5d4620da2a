/**
 * The interface of Jinja's filters.
 *
 * @module
 */

import { isUndefined } from "./type_checks.ts";
import { str } from "./text.ts";
import type { Keywords } from "./types.ts";
import { truth } from "./values.ts";

/** Context of a filter. */
export interface FilterContext {
  /** Whether output is escaped at the position of the filter. */
  readonly escapes: boolean;
  /** Returns an attribute or an item of a value. */
  get(value: unknown, name: unknown): unknown;
}

/** A filter. */
export type Filter = (value: unknown, given: FilterArguments, context: FilterContext) => unknown;

/** Arguments of a filter, by position or by keyword. */
export class FilterArguments {
  constructor(readonly args: readonly unknown[], readonly keywords: Keywords) {}

  /** Returns an argument by position or name; undefined if it is absent. */
  get(index: number, name: string): unknown {
    return this.keywords.get(name) ?? this.args[index];
  }

  /**
   * Checks the arguments of a filter.
   *
   * @param parameters Names of the parameters in their order. Those of required ones end with "!".
   * @throws {TypeError} If an argument is missing or unknown, or if there are too many.
   */
  check(filter: string, parameters: readonly string[]): void {
    const names = parameters.map((name) => name.replace("!", ""));
    const unknown = [...this.keywords.keys()].find((name) => !names.includes(name));
    if (unknown !== undefined) throw new TypeError(`Cannot apply ${filter}: it has no argument named ${unknown}`);
    if (this.args.length > names.length) {
      throw new TypeError(`Cannot apply ${filter}: it has ${names.length} arguments, not ${this.args.length}`);
    }
    const missing = parameters.findIndex((name, index) =>
      name.endsWith("!") && index >= this.args.length && !this.keywords.has(names[index]!)
    );
    if (missing >= 0) throw new TypeError(`Cannot apply ${filter}: its argument ${names[missing]} is missing`);
  }

  /** Returns an argument as a number, or a default if it is absent or null. */
  number(index: number, name: string, otherwise: number): number {
    const value = this.get(index, name);
    return isUndefined(value) || value === null ? otherwise : Number(value);
  }

  /** Returns an argument as text, or a default if it is absent or null. */
  text(index: number, name: string, otherwise: string): string {
    const value = this.get(index, name);
    return isUndefined(value) || value === null ? otherwise : str(value);
  }

  /** Returns whether an argument is true, or a default if it is absent. */
  flag(index: number, name: string, otherwise = false): boolean {
    const value = this.get(index, name);
    return isUndefined(value) ? otherwise : truth(value);
  }
}
