/**
 * The program: finds the command, runs it, and turns what it throws into an exit code.
 *
 * @module
 */

import { COMMANDS } from "./commands.ts";
import type { Command } from "./command.ts";
import { CommandError, UsageError } from "./exit.ts";
import { parseOptions } from "./parse_options.ts";
import { printError, printLine } from "./print.ts";
import { commandHelp, commandUsage, programHelp, programUsage } from "./usage.ts";
import { SERVER_VERSION } from "./version.ts";

/** Lines of a stack that errors keep. Deno's default of 10 may hold a library's lines only, and not the author's. */
const STACK_LINES = 200;

/** Runs the program with the words of its command line, and answers with its exit code. */
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
  try {
    const own = args.slice(0, args.includes("--args") ? args.indexOf("--args") : undefined);
    if (own.includes("--help") || own.includes("-h")) return show(commandHelp(command));
    const { values, operands } = parseOptions(command.options, args);
    if (command.operand === undefined && operands.length > 0) throw new UsageError(`Unknown argument: ${operands[0]}`);
    if (command.operand?.required && operands.length === 0) throw new UsageError(`Name an ${command.operand.name}`);
    return await command.run(values, operands, args);
  } catch (error) {
    if (error instanceof UsageError) {
      printError(commandUsage(command));
      return fail(error.message, 2);
    }
    if (error instanceof CommandError) return fail(error.message, 1);
    if (error instanceof Deno.errors.NotCapable) {
      const wanted = error.message.replace(/, run again with .*$/, "");
      return fail(
        `${wanted}: start the program with deno run -A, or with the permissions that docs/security.md lists`,
        1,
      );
    }
    return fail(error instanceof Error ? error.stack ?? error.message : String(error), 1);
  }
}

function show(text: string): number {
  printLine(text);
  return 0;
}

function fail(text: string, code: number): number {
  printError(`ERROR: ${text}`);
  return code;
}

/** Whether a word is meant as a path: it looks like one, or there is such a file. */
async function isPath(word: string): Promise<boolean> {
  return /[./\\]/.test(word) || await Deno.stat(word).then(() => true, () => false);
}
