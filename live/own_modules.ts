/**
 * The modules that an application's author has written.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** A module of an application. */
export interface OwnModule {
  /** Its file name. */
  readonly name: string;
  /** Its source text. */
  readonly text: string;
}

/**
 * Returns the local modules that an application consists of, without those of this package.
 *
 * @param main Path of the application's module.
 */
export async function ownModules(main: string): Promise<OwnModule[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-lock", main],
    cwd: dirname(main),
    stdin: "null",
    stderr: "null",
  }).output();
  const { modules = [] }: { modules?: { specifier: string; local?: string }[] } = JSON.parse(
    new TextDecoder().decode(stdout) || "{}",
  );
  const root = new URL("../", import.meta.url).href;
  const examples = new URL("../examples/", import.meta.url).href;
  const paths = modules.map(({ specifier }) => specifier).filter((specifier) =>
    specifier.startsWith("file:") && (!specifier.startsWith(root) || specifier.startsWith(examples))
  ).map((specifier) => fileURLToPath(specifier));
  return await Promise.all(
    paths.map(async (path) => ({ name: basename(path), text: await Deno.readTextFile(path) })),
  );
}
