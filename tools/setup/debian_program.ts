/**
 * Finds programs, and installs Debian's packages of those that are absent.
 *
 * @module
 */

import { exists } from "./cache_folder.ts";
import { installDebianPackages } from "./process.ts";

/** A program of a package of Debian. */
interface DebianProgram {
  /** Name of the program, for messages. */
  readonly name: string;
  readonly debianPackage: string;
  /** Returns the path of the program; undefined if it is absent. */
  find(): Promise<string | undefined>;
  /** What to do if the package does not contain the program, for the error. */
  readonly advice?: string;
}

/**
 * Returns the path of a program. Installs Debian's package if it is absent.
 *
 * @throws {Error} If it is absent after the installation.
 */
export async function ensureDebianProgram(
  { name, debianPackage, find, advice = `Debian's ${debianPackage} does not contain it` }: DebianProgram,
): Promise<string> {
  const found = await find();
  if (found !== undefined) return found;
  console.error(`Installing Debian's ${debianPackage}: no ${name} was found`);
  await installDebianPackages(debianPackage);
  const installed = await find();
  if (installed === undefined) throw new Error(`Cannot find ${name}: ${advice}`);
  return installed;
}

/** Returns the first of some paths at which there is a file; undefined if there is none. */
export async function findFile(...paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await exists(path)) return path;
  }
  return undefined;
}
