/**
 * Finds or installs PostgreSQL for the tests of recipes.
 *
 * @module
 */

import { exists } from "./cache_folder.ts";
import { ensureDebianProgram } from "./debian_program.ts";

const FOLDER = "/usr/lib/postgresql";

/**
 * Returns the folder of the programs of Debian's PostgreSQL. Installs it if it is absent.
 *
 * @throws {Error} if the installation fails
 */
export async function ensurePostgresql(): Promise<string> {
  return await ensureDebianProgram({ name: "PostgreSQL", debianPackage: "postgresql", find: findPrograms });
}

/** Returns the folder of the newest installed version. */
async function findPrograms(): Promise<string | undefined> {
  if (!await exists(FOLDER)) return undefined;
  const versions = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name).sort((a, b) => Number(b) - Number(a));
  for (const version of versions) {
    const folder = `${FOLDER}/${version}/bin`;
    if (await exists(`${folder}/postgres`)) return folder;
  }
  return undefined;
}
