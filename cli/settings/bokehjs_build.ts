/**
 * The build of BokehJS that the setting `bokehjs_path` selects.
 *
 * @module
 */

import { cacheFolder } from "../../sampledata/cache_folder.ts";
import { errorMessage } from "../../common/error_message.ts";
import { type BokehjsBuild, PACKAGED_BOKEHJS } from "../../embed/resources/bokehjs_build.ts";
import { readBokehjs } from "../../embed/resources/bokehjs_folder.ts";
import { CommandError } from "../exit.ts";
import type { Settings } from "./settings.ts";

/**
 * Reads the build of BokehJS from the folder of the setting `bokehjs_path`. Returns the build in
 * this package if it is not set.
 *
 * @throws {CommandError} If the folder does not contain a build.
 */
export async function bokehjsBuild(settings: Settings): Promise<BokehjsBuild> {
  const path = settings.value("bokehjs_path");
  if (path === null) return PACKAGED_BOKEHJS;
  try {
    return await readBokehjs(path);
  } catch (error) {
    throw new CommandError(errorMessage(error));
  }
}

/**
 * Returns the folder of the setting `bokehjs_path`. If it is not set, returns a folder with the build in this package, which
 * is written into the user's cache folder once.
 */
export async function bokehjsFolder(settings: Settings): Promise<string> {
  const path = settings.value("bokehjs_path");
  if (path !== null) return path;
  const { version, bundles } = PACKAGED_BOKEHJS;
  const folder = `${cacheFolder()}/bokehjs-${version}`;
  await Deno.mkdir(`${folder}/js`, { recursive: true });
  for (const [name, bundle] of bundles) {
    const file = `${folder}/js/${name}`;
    if (await sizeOf(file) === bundle.size) continue;
    // Renamed, so that no other process reads a part of it.
    const part = `${file}.${crypto.randomUUID()}`;
    await Deno.writeFile(part, await bundle.bytes());
    await Deno.rename(part, file);
  }
  return folder;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
