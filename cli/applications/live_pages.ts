/**
 * Pages whose applications run in the browser: `html --live`.
 *
 * @module
 */

import { join } from "node:path";
import { errorMessage } from "../../common/error_message.ts";
import { buildLive } from "../../live/build_live.ts";
import { CommandError } from "../exit.ts";
import { exists } from "../files.ts";
import { printError } from "../print.ts";
import { loadApplications, routesOf } from "./application_paths.ts";
import { writeFile } from "./document_files.ts";

/** Options of {@linkcode writeLivePages}. */
export interface LivePages {
  /**
   * Paths of the files in the order of the applications. A path that ends with a slash is a folder,
   * which also gets the scripts.
   */
  readonly output?: readonly string[] | undefined;
  /** Arguments of the applications, which pages do not have. */
  readonly args?: readonly string[] | undefined;
  /** Whether pages load BokehJS from Bokeh's CDN or contain it. */
  readonly resources: "cdn" | "inline";
}

/**
 * Writes a page for each application.
 *
 * @throws {CommandError} If an application cannot be loaded or bundled, or a file cannot be written.
 */
export async function writeLivePages(
  paths: readonly string[],
  { output = [], args, resources }: LivePages,
): Promise<void> {
  if (args !== undefined) throw new CommandError("Cannot pass arguments to an application that runs in a page");
  await loadApplications(paths); // reports errors of the applications, and defines their custom models
  for (const [index, [route, path]] of [...routesOf(paths)].entries()) {
    const target = output[index] ?? `${route.slice(1)}.html`;
    const isFolder = target.endsWith("/");
    try {
      const page = await buildLive(await mainOf(path), {
        title: "Bokeh Application",
        resources: isFolder ? "files" : resources,
      });
      for (const use of page.unavailable) printError(`WARNING: ${use} does not work in a browser`);
      if (isFolder) await Deno.mkdir(target, { recursive: true });
      for (const [name, text] of page.files) await writeFile(text, join(target, name));
      await writeFile(page.html, isFolder ? join(target, "index.html") : target);
    } catch (error) {
      throw error instanceof CommandError ? error : new CommandError(errorMessage(error));
    }
  }
}

/** Returns the module of an application. */
async function mainOf(path: string): Promise<string> {
  if (path.endsWith(".json")) throw new CommandError(`Cannot run ${path} in a page: a document has no callbacks`);
  for (const name of ["main.ts", "main.js"]) {
    const main = join(path, name);
    if (!await exists(main)) continue;
    for (const part of ["templates", "theme.yaml", "theme.json", "static"]) {
      if (await exists(join(path, part))) printError(`WARNING: ${join(path, part)} is not part of the page`);
    }
    return main;
  }
  return path;
}
