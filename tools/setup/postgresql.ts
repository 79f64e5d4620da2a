/**
 * Finds or installs PostgreSQL for the tests of recipes.
 *
 * @module
 */

import { exists } from "./cache_folder.ts";
import { installDebianPackages } from "./process.ts";

const FOLDER = "/usr/lib/postgresql";

/**
 * Returns the folder of the programs of Debian's PostgreSQL. Installs it if it is absent.
 *
 * @throws {Error} if the installation fails
 */
export async function ensurePostgresql(): Promise<string> {
  const found = await findPrograms();
  if (found !== undefined) return found;
  console.error("Installing Debian's postgresql: it was not found");
  await installDebianPackages("postgresql");
  const installed = await findPrograms();
  if (installed === undefined) throw new Error(`Cannot find PostgreSQL: Debian's package has no programs in ${FOLDER}`);
  return installed;
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
