/**
 * Parses command-line arguments into the values of an option table.
 *
 * `parseArgs` of `@std/cli` is not used: it has neither abbreviations of long options nor options that take several values,
 * which Bokeh's command line (Python's argparse) has.
 *
 * @module
 */

import { UsageError } from "../exit.ts";
import type { Option, OptionTable, OptionValues } from "./option.ts";

/** A command line taken apart. */
export interface ParsedOptions<T extends OptionTable> {
  readonly values: OptionValues<T>;
  /** The words that belong to no option. */
  readonly operands: string[];
}

/**
 * Reads a command's options. Options and operands may come in any order; `--option=value` and `--option value` mean the
 * same; the beginning of an option is enough where no other begins so; after `--` all are operands.
 *
 * @throws {UsageError} an option is unknown, lacks its value, or cannot take it
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
  // Each value was read as its own option's kind says, which is what the mapped type says too.
  return { values: values as OptionValues<T>, operands };
}

/** The option of a flag, or of the beginning of one: enough of it to tell it from the others. */
function findOption<T>(byFlag: ReadonlyMap<string, T>, flag: string): T {
  const whole = byFlag.get(flag);
  if (whole !== undefined) return whole;
  const begun = flag.startsWith("--") ? [...byFlag].filter(([name]) => name.startsWith(flag)) : [];
  if (begun.length > 1) {
    throw new UsageError(`Option ${flag} could be any of ${begun.map(([name]) => name).join(", ")}`);
  }
  if (begun[0] === undefined) throw new UsageError(`Unknown option: ${flag}`);
  return begun[0][1];
}

/** A dash and more, but not a negative number: those are values. */
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
      if (inline) throw new UsageError(`Option ${option.flag} takes no value`);
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
  if (!/^[+-]?\d+$/.test(word)) throw new UsageError(`Option ${option.flag} takes a whole number, not ${word}`);
  return Number(word);
}

function readChoice(option: Option, word: string): string {
  if (option.choices?.includes(word)) return word;
  throw new UsageError(`Option ${option.flag} takes one of ${option.choices?.join(", ")}, not ${word}`);
}
