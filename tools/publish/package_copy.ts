/**
 * A copy of the package with the configuration to publish.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { dirname, join } from "@std/path";
import { describeSource } from "../architecture/sources.ts";
import { bundleEntries } from "./bundle.ts";
import { type PackageConfig, publishedConfig } from "./published_config.ts";

const ROOT = new URL("../../", import.meta.url);

/**
 * Copies the files to publish into a folder and writes their `deno.json`. `deno publish` can run
 * there without JSR's `@std` packages in the lock file of the repository.
 *
 * @param folder An empty folder.
 */
export async function copyPackage(folder: string): Promise<void> {
  const config: PackageConfig = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const imported = new Set<string>();
  for (const path of await repositoryFiles()) {
    if (!isPublished(path, config.publish.exclude)) continue;
    const bytes = await Deno.readFile(new URL(path, ROOT));
    const target = join(folder, path);
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeFile(target, bytes);
    if (!path.endsWith(".ts")) continue;
    for (const item of describeSource(path, new TextDecoder().decode(bytes)).imports) imported.add(item.path);
  }
  const published = publishedConfig(config, imported);
  const exports = await bundleEntries(fileURLToPath(ROOT), folder, config);
  await Deno.writeTextFile(join(folder, "deno.json"), `${JSON.stringify({ ...published, exports }, null, 2)}\n`);
}

/** Returns the paths of the files that git tracks, and of new files that it does not ignore. */
async function repositoryFiles(): Promise<string[]> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  return new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "");
}

/**
 * Returns whether no exclusion of `deno.json` matches. Exclusions are folders of the root, or globs
 * that start with `**`.
 */
function isPublished(path: string, excluded: readonly string[]): boolean {
  if (path === "deno.json" || path === "deno.lock") return false;
  return !excluded.some((pattern) => {
    if (!pattern.startsWith("**/")) return path.startsWith(pattern);
    const end = pattern.slice("**/".length);
    return end.startsWith("*") ? path.endsWith(end.slice(1)) : `/${path}`.includes(`/${end}`);
  });
}
