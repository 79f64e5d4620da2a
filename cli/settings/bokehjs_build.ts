/**
 * The build of BokehJS that the setting `bokehjs_path` selects.
 *
 * @module
 */

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
