/**
 * Reads a build of BokehJS that a server serves instead of the packaged one.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { BokehjsBuild } from "../embed/resources/bokehjs_build.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";

const logger = getLogger(["bokeh", "server"]);

/**
 * Reads a build of BokehJS. Logs a warning if its minor version differs from that of this package:
 * models and protocol may not match.
 *
 * @param path Folder of the build.
 */
export async function readServedBokehjs(path: string): Promise<BokehjsBuild> {
  const { readBokehjs } = await import("../embed/resources/bokehjs_folder.ts");
  const build = await readBokehjs(path);
  if (minorOf(build.version) !== minorOf(BOKEH_VERSION)) {
    logger.warn(
      "BokehJS {version} may not work with this server, whose models and protocol are those of Bokeh {expected}",
      {
        version: build.version,
        expected: minorOf(BOKEH_VERSION),
      },
    );
  }
  return build;
}

/** Returns `3.10` for `3.10.2`. */
function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
