/**
 * What a command of the program is.
 *
 * @module
 */

import type { OptionTable, OptionValues } from "./options/option.ts";

/** A command of the program. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly options: T;
  /** What the words are that belong to no option; without it there are none. */
  readonly operand?: { readonly name: string; readonly help: string; readonly required?: true };
  /** Does it, and answers with the exit code; `args` are the words that values and operands were read from. */
  run(values: OptionValues<T>, operands: string[], args: readonly string[]): Promise<number> | number;
}
