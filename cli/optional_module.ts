/**
 * Parts of the package that few programs use, with their dependencies.
 *
 * @module
 */

import { errorMessage } from "../common/error_message.ts";
import { packageModule } from "../common/package_module.ts";
import { CommandError } from "./exit.ts";

/**
 * Imports an entry point of the package whose dependencies, such as the client of a database or a
 * browser, must not be downloaded with every program.
 *
 * @param folder Folder of the entry point, for example `store/redis`.
 * @param option Option or command that needs it, for the error.
 * @throws {CommandError} If a compiled program does not contain it.
 */
export async function importOptional<T>(folder: string, option: string): Promise<T> {
  try {
    return await import(packageModule(`${folder}/mod`));
  } catch (error) {
    if (!Deno.build.standalone || !errorMessage(error).startsWith("Module not found")) throw error;
    throw new CommandError(
      `Cannot use ${option}: the program was compiled without it. Compile it with --include jsr:@bokeh/server/${folder}`,
    );
  }
}
