/**
 * Where commands that write a file for each application put it.
 *
 * @module
 */

import { CommandError } from "./exit.ts";
import { printLine } from "./print.ts";

/** Writes a text for an application: to `output`, to standard output if that is `-`, or beside where the program runs. */
export async function writeOutput(
  text: string,
  route: string,
  ending: string,
  output: string | undefined,
): Promise<void> {
  if (output === "-") return printLine(text);
  const path = output ?? `${route.slice(1)}.${ending}`;
  try {
    await Deno.writeTextFile(path, text);
  } catch (error) {
    throw new CommandError(`Cannot write ${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Refuses what cannot be: several applications in one file, or none at all. */
export function checkOperands(operands: readonly string[], output: string | undefined): void {
  if (operands.length === 0) throw new CommandError("Cannot write anything: no application is named");
  if (operands.length > 1 && output !== undefined && output !== "-") {
    throw new CommandError(`Cannot write ${operands.length} applications to the one file ${output}`);
  }
}
