/**
 * The build of BokehJS that a server serves, and its URLs.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import type { BokehjsBuild } from "../embed/resources/bokehjs_build.ts";
import { trimTrailingSlashes } from "../common/trim_slashes.ts";
import { Resources } from "../embed/resources/resources.ts";
import { BOKEH_VERSION } from "../protocol/version.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";

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

/**
 * Returns the URLs from which pages load BokehJS.
 *
 * @param absoluteUrl Origin of the server; undefined for relative URLs.
 */
export function resourcesOf(
  options: Pick<ResolvedOptions, "resources" | "logLevel" | "prefix" | "minified">,
  bokehjs: BokehjsBuild,
  absoluteUrl: string | undefined,
): Resources {
  const { resources, logLevel, prefix } = options;
  const minified = options.minified && !resources.endsWith("-dev");
  const mode = resources === "cdn" || resources === "inline" ? resources : "server";
  return new Resources({ mode, logLevel, minified, rootUrl: trimTrailingSlashes(absoluteUrl ?? "") + prefix, bokehjs });
}

/** Returns `3.10` for `3.10.2`. */
function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
