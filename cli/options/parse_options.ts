/**
 * Parses command-line arguments into the values of an option table.
 *
 * `parseArgs` of `@std/cli` is not used: it has neither abbreviations of long options nor options
 * that take several values, which Bokeh's command line (Python's argparse) has.
 *
 * @module
 */

import { UsageError } from "../exit.ts";
import type { Option, OptionTable, OptionValues } from "./option.ts";

/** A parsed command line. */
export interface ParsedOptions<T extends OptionTable> {
  /** The values of the options, by name. */
  readonly values: OptionValues<T>;
  /** The arguments that belong to no option. */
  readonly operands: string[];
}

/**
 * Parses the arguments of a command. Options and operands can come in any order. `--option=value`
 * and `--option value` are equivalent. A long option can be abbreviated to a prefix that no other
 * option has. After `--` all arguments are operands.
 *
 * @throws {UsageError} If an option is unknown or ambiguous, lacks its value, or has an invalid
 * value.
 */
export function parseOptions<T extends OptionTable>(table: T, args: readonly string[]): ParsedOptions<T> {
  const byFlag = new Map<string, [name: string, option: Option]>();
  for (const [name, option] of Object.entries<Option>(table)) {
    byFlag.set(option.flag, [name, option]);
    if (option.short !== undefined) byFlag.set(option.short, [name, option]);
  }
  const values: Record<string, unknown> = {};
  const operands: string[] = [];
  const words = [...args];
  while (words.length > 0) {
    const word = words.shift()!;
    if (word === "--") {
      operands.push(...words.splice(0));
    } else if (!looksLikeOption(word)) {
      operands.push(word);
    } else {
      const [flag, inline] = splitInline(word);
      const [name, option] = findOption(byFlag, flag);
      if (inline !== undefined) words.unshift(inline);
      values[name] = takeValue(option, words, inline !== undefined, values[name]);
    }
  }
  // takeValue() returns the type that OptionValue derives from the option's kind.
  return { values: values as OptionValues<T>, operands };
}

/** Returns the option with a name, or the only one whose long name starts with it. */
function findOption<T>(byFlag: ReadonlyMap<string, T>, flag: string): T {
  const exact = byFlag.get(flag);
  if (exact !== undefined) return exact;
  const candidates = flag.startsWith("--") ? [...byFlag].filter(([name]) => name.startsWith(flag)) : [];
  if (candidates.length > 1) {
    throw new UsageError(`Option ${flag} is ambiguous: it could be ${candidates.map(([name]) => name).join(" or ")}`);
  }
  if (candidates[0] === undefined) throw new UsageError(`Unknown option: ${flag}`);
  return candidates[0][1];
}

/**
 * Returns whether an argument starts with a dash and is neither `-` nor a negative number, which
 * are values.
 */
function looksLikeOption(word: string): boolean {
  return word.length > 1 && word.startsWith("-") && !/^-\d+(\.\d+)?$/.test(word);
}

function splitInline(word: string): [flag: string, inline: string | undefined] {
  const at = word.indexOf("=");
  return word.startsWith("--") && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined];
}

function takeValue(option: Option, words: string[], inline: boolean, before: unknown): unknown {
  switch (option.kind) {
    case "flag":
      if (inline) throw new UsageError(`Option ${option.flag} does not accept a value`);
      return true;
    case "rest":
      return words.splice(0);
    case "any":
      return takeUpToOption(words, inline);
    case "some": {
      const values = takeUpToOption(words, inline);
      if (values.length === 0) throw new UsageError(`Option ${option.flag} needs at least one value`);
      return values;
    }
    case "append":
      return [...(Array.isArray(before) ? before : []), takeOne(option, words, inline)];
    case "text":
      return takeOne(option, words, inline);
    case "integer":
      return readInteger(option, takeOne(option, words, inline));
    case "choice":
      return readChoice(option, takeOne(option, words, inline));
  }
}

function takeOne(option: Option, words: string[], inline: boolean): string {
  const word = words[0];
  if (word === undefined || !inline && looksLikeOption(word)) {
    throw new UsageError(`Option ${option.flag} needs a value`);
  }
  words.shift();
  return word;
}

function takeUpToOption(words: string[], inline: boolean): string[] {
  if (inline) return words.splice(0, 1);
  const end = words.findIndex(looksLikeOption);
  return words.splice(0, end === -1 ? words.length : end);
}

function readInteger(option: Option, word: string): number {
  if (!/^[+-]?\d+$/.test(word)) throw new UsageError(`Option ${option.flag} must be an integer, not ${word}`);
  return Number(word);
}

function readChoice(option: Option, word: string): string {
  if (option.choices?.includes(word)) return word;
  throw new UsageError(`Option ${option.flag} must be one of ${option.choices?.join(", ")}, not ${word}`);
}
