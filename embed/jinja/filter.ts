/**
 * The interface of Jinja's filters.
 *
 * @module
 */

import { isUndefined } from "./kinds.ts";
import { str } from "./text.ts";
import type { Keywords } from "./types.ts";
import { truth } from "./values.ts";

/** What a filter needs of the renderer. */
export interface FilterContext {
  /** Whether output is escaped where the filter stands. */
  readonly escapes: boolean;
  /** Returns an attribute or an item of a value. */
  get(value: unknown, name: unknown): unknown;
}

/** A filter. */
export type Filter = (value: unknown, given: FilterArguments, context: FilterContext) => unknown;

/** Arguments of a filter, which may be given by position or by name. */
export class FilterArguments {
  constructor(readonly args: readonly unknown[], readonly keywords: Keywords) {}

  /** Returns an argument; undefined if it is not given. */
  get(index: number, name: string): unknown {
    return this.keywords.get(name) ?? this.args[index];
  }

  /**
   * Checks the arguments of a filter.
   *
   * @param parameters Names in their order, those of required ones with "!".
   * @throws {TypeError} If one is missing, unknown or too many.
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

  number(index: number, name: string, otherwise: number): number {
    const value = this.get(index, name);
    return isUndefined(value) || value === null ? otherwise : Number(value);
  }

  text(index: number, name: string, otherwise: string): string {
    const value = this.get(index, name);
    return isUndefined(value) || value === null ? otherwise : str(value);
  }

  flag(index: number, name: string, otherwise = false): boolean {
    const value = this.get(index, name);
    return isUndefined(value) ? otherwise : truth(value);
  }
}
