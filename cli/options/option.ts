/**
 * Types of option tables, which the parser, the help texts and `docs/options.md` read.
 *
 * @module
 */

/** How many arguments an option takes, and of which type. */
export type OptionKind =
  /** No value. */
  | "flag"
  /** One string. */
  | "text"
  /** One integer. */
  | "integer"
  /** One string out of `choices`. */
  | "choice"
  /** One string for each time the option is given. */
  | "append"
  /** One or more strings, up to the next option. */
  | "some"
  /** Zero or more strings, up to the next option. */
  | "any"
  /** All following arguments, including options. */
  | "rest";

/** One option of a command. */
export interface Option {
  /** The long name, with two dashes. */
  readonly flag: `--${string}`;
  /** The short name: one dash and a letter. */
  readonly short?: `-${string}`;
  /** How many arguments the option takes. */
  readonly kind: OptionKind;
  /** Placeholder of the value in the help text, such as `PORT`. */
  readonly value?: string;
  /** The accepted values of an option of kind `choice`. */
  readonly choices?: readonly string[];
  /** Description for the help text, with the default in parentheses. */
  readonly help: string;
}

/** The options of a command, by the name that its code uses. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The type of an option's value. */
export type OptionValue<O extends Option> = O extends { choices: readonly (infer C)[] } ? C
  : O["kind"] extends "flag" ? boolean
  : O["kind"] extends "integer" ? number
  : O["kind"] extends "text" | "choice" ? string
  : string[];

/** The values of the options that are present on the command line, by name. */
export type OptionValues<T extends OptionTable> = { -readonly [K in keyof T]?: OptionValue<T[K]> };
