/**
 * The build of BokehJS that the settings choose.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { type BokehjsBuild, PACKAGED_BOKEHJS } from "../../embed/resources/bokehjs_build.ts";
import { readBokehjs } from "../../embed/resources/bokehjs_folder.ts";
import { CommandError } from "../exit.ts";
import type { Settings } from "./settings.ts";

/**
 * Reads the build of BokehJS in the folder of the setting `bokehjs_path`, or returns that of this package if the setting is not set.
 *
 * @throws {CommandError} If the folder holds no build.
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
