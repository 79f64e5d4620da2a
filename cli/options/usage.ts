/**
 * Help texts, generated from the option tables.
 *
 * @module
 */

import type { Command } from "../command.ts";
import type { Option } from "./option.ts";

/** Longest line of a help text, in columns. */
const WIDTH = 100;
/** Column at which descriptions start. */
const INDENT = 30;

/** Returns the help text of the program, with a list of its commands. */
export function programHelp(commands: readonly Command[]): string {
  return [
    programUsage(commands),
    "",
    "Commands (default: serve):",
    ...commands.map((command) => entry(command.name, command.summary)),
    "",
    "Options:",
    entry("-h, --help", "Show this help"),
    entry("-v, --version", "Show the version"),
    "",
    "Use COMMAND --help for the options of a command.",
    "",
  ].join("\n");
}

/** Returns the usage of the program in one line. */
export function programUsage(commands: readonly Command[]): string {
  return `Usage: bokeh {${commands.map((command) => command.name).join(",")}} ...`;
}

/** Returns the help text of a command: usage, operand and options. */
export function commandHelp(command: Command): string {
  const options = Object.values(command.options);
  return [
    commandUsage(command),
    "",
    command.summary,
    "",
    ...(command.operand === undefined ? [] : [entry(command.operand.name, command.operand.help), ""]),
    "Options:",
    entry("-h, --help", "Show this help"),
    ...options.map((option) => entry(signature(option), option.help)),
    "",
  ].join("\n");
}

/** Returns the usage of a command in one line. */
export function commandUsage(command: Command): string {
  const { name, required } = command.operand ?? {};
  const operand = name === undefined ? "" : required ? ` ${name} ...` : ` [${name} ...]`;
  const options = Object.keys(command.options).length === 0 ? "" : " [options]";
  return `Usage: bokeh ${command.name}${options}${operand}`;
}

function signature(option: Option): string {
  const names = option.short === undefined ? option.flag : `${option.short}, ${option.flag}`;
  const value = option.value ?? "";
  switch (option.kind) {
    case "flag":
      return names;
    case "rest":
      return `${names} ...`;
    case "any":
      return `${names} [${value} ...]`;
    case "some":
      return `${names} ${value} ...`;
    default:
      return `${names} ${value}`;
  }
}

/** Formats a name and its description in two columns. A long name gets a line of its own. */
function entry(name: string, text: string): string {
  const lines = wrap(text, WIDTH - INDENT);
  const head = `  ${name}`;
  const first = head.length < INDENT - 1 ? head.padEnd(INDENT) + lines.shift()! : head;
  return [first, ...lines.map((line) => " ".repeat(INDENT) + line)].join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
