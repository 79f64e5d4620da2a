/**
 * Bundles the entry points of the package.
 *
 * @module
 */

import { dirname, join, relative } from "@std/path";
import { run } from "../setup/process.ts";
import type { PackageConfig } from "./published_config.ts";

/** Folder of the bundles in the published package. */
const FOLDER = "dist";

/** The modules, besides the entry points, that the package imports by `packageModule`. */
const MODULES = [
  "./cli/extensions/read_extension.ts",
  "./io/display.ts",
  "./live/start.ts",
  "./tasks/pool/worker_main.ts",
];

/**
 * Bundles the entry points into a folder of the published package. Importing 320 modules takes more than twice as long as the
 * bundles: 121 and 60 ms of CPU time from a registry. Type checkers read the sources, which are published too.
 *
 * @param root Folder of the repository, whose import map leads to dependencies that are reachable.
 * @param target Folder of the copy.
 * @returns The entry points to export.
 * @throws {Error} If `deno bundle` fails.
 */
export async function bundleEntries(
  root: string,
  target: string,
  { exports, imports }: PackageConfig,
): Promise<Record<string, string>> {
  // Dependencies stay outside: an application and the package must have the same instance of a logger.
  const external = Object.keys(imports).map((key) => `--external=${key.endsWith("/") ? `${key}*` : key}`);
  // That of the published package, from which the version is read, not that of the repository.
  external.push("--external=../deno.json");
  const options = ["--quiet", "--platform=deno", "--code-splitting", "--keep-names", "--sourcemap=linked"];
  const entries = Object.values(exports).concat(MODULES);
  await run(
    Deno.execPath(),
    ["bundle", ...options, `--outdir=${join(target, FOLDER)}`, ...external, ...entries],
    { cwd: root },
  );
  const bundled = entries.map((entry) => `./${join(FOLDER, entry.replace(/\.ts$/, ".js"))}`);
  for (const [index, entry] of entries.entries()) {
    const path = join(target, bundled[index]!);
    const types = relative(dirname(path), join(target, entry));
    // On the first line, so that the lines of the source map stay.
    await Deno.writeTextFile(path, `/* @ts-self-types="${types}" */ ${await Deno.readTextFile(path)}`);
  }
  return Object.fromEntries(Object.keys(exports).map((name, index) => [name, bundled[index]!]));
}
