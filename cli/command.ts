/**
 * The interface of the program's commands.
 *
 * @module
 */

import type { OptionTable, OptionValues } from "./options/option.ts";

/** A command of the program, such as `serve`. */
export interface Command<T extends OptionTable = OptionTable> {
  /** The word that selects the command. */
  readonly name: string;
  /** One line for the help text, without a period. */
  readonly summary: string;
  /** The options that the command accepts. */
  readonly options: T;
  /** Describes the arguments that belong to no option. Without it the command accepts none. */
  readonly operand?: { readonly name: string; readonly help: string; readonly required?: true };
  /**
   * Runs the command and returns the exit code. `args` are the arguments from which `values` and
   * `operands` were parsed.
   */
  run(values: OptionValues<T>, operands: string[], args: readonly string[]): Promise<number> | number;
}
