/**
 * What an option of the command line is: the rows of the tables that the parser and the help text read.
 *
 * @module
 */

/** How an option takes its values. */
export type OptionKind =
  /** No value: present or not. */
  | "flag"
  | "text"
  | "integer"
  /** One of `choices`. */
  | "choice"
  /** One value each time, collected. */
  | "append"
  /** All that follow up to the next option, at least one. */
  | "some"
  /** All that follow up to the next option, perhaps none. */
  | "any"
  /** All that follow, options too. */
  | "rest";

/** One option of a command. */
export interface Option {
  /** As it is written, with its dashes. */
  readonly flag: `--${string}`;
  /** One dash and a letter. */
  readonly short?: `-${string}`;
  readonly kind: OptionKind;
  /** What stands for the value in the help text. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly help: string;
}

/** The options of a command by the names that its code uses. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The type of an option's value. */
export type OptionValue<O extends Option> = O extends { choices: readonly (infer C)[] } ? C
  : O["kind"] extends "flag" ? boolean
  : O["kind"] extends "integer" ? number
  : O["kind"] extends "text" | "choice" ? string
  : string[];

/** The values of a table's options: those that were given. */
export type OptionValues<T extends OptionTable> = { -readonly [K in keyof T]?: OptionValue<T[K]> };
