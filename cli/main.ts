/**
 * Entry point of the program: selects the command, runs it, and maps errors to exit codes.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { CommandError, UsageError } from "./exit.ts";
import { exists } from "./files.ts";
import { programLine } from "./logging/log_format.ts";
import { parseOptions } from "./options/parse_options.ts";
import { commandHelp, commandUsage, programHelp, programUsage } from "./options/usage.ts";
import { printError, printLine } from "./print.ts";
import { SERVER_VERSION } from "./version.ts";

/**
 * Stack frames that errors keep. Deno's default of 10 can consist of library frames only, without
 * the application's.
 */
const STACK_LINES = 200;

/** Runs the program with the arguments of the command line. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  Error.stackTraceLimit = STACK_LINES;
  const [first, ...rest] = args;
  if (first === "--help" || first === "-h") return show(programHelp(COMMANDS));
  if (first === "--version" || first === "-v") return show(SERVER_VERSION);
  const named = COMMANDS.find(({ name }) => name === first);
  if (named !== undefined) return await runCommand(named, rest);
  if (first === undefined) {
    return fail(`Cannot start: name an application, or one of ${COMMANDS.map(({ name }) => name).join(", ")}`, 1);
  }
  if (first.startsWith("-") || await isPath(first)) return await runCommand(COMMANDS[0], args);
  printError(programUsage(COMMANDS));
  return fail(`Unknown command: ${first}`, 2);
}

async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  const own = args.slice(0, args.includes("--args") ? args.indexOf("--args") : undefined);
  const format = /(?:^|\0)--log-format[=\0]json(?:\0|$)/.test(own.join("\0")) ? "json" : undefined;
  try {
    if (own.includes("--help") || own.includes("-h")) return show(commandHelp(command));
    const { values, operands } = parseOptions(command.options, args);
    if (command.operand === undefined && operands.length > 0) throw new UsageError(`Unknown argument: ${operands[0]}`);
    if (command.operand?.required && operands.length === 0) throw new UsageError(`Name an ${command.operand.name}`);
    return await command.run(values, operands, args);
  } catch (error) {
    if (error instanceof UsageError && format === undefined) printError(commandUsage(command));
    return fail(failureText(error), error instanceof UsageError ? 2 : 1, format);
  }
}

/**
 * Returns the text for an error that ended a command: one line for failures that the user can
 * correct, else the stack.
 */
function failureText(error: unknown): string {
  if (error instanceof UsageError || error instanceof CommandError) return error.message;
  if (error instanceof Deno.errors.NotCapable) {
    const wanted = error.message.replace(/, run again with .*$/, "");
    return `${wanted}: start the program with deno run -A, or with the permissions that docs/security.md lists`;
  }
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

function show(text: string): number {
  printLine(text);
  return 0;
}

function fail(text: string, code: number, format?: string): number {
  printError(format === undefined ? `ERROR: ${text}` : programLine(format, { level: "fatal", text }));
  return code;
}

/**
 * Returns whether an argument is a path: it contains a dot or a slash, or a file of that name
 * exists.
 */
async function isPath(word: string): Promise<boolean> {
  return /[./\\]/.test(word) || await exists(word);
}
