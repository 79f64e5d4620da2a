/**
 * What applications use that browsers do not have.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** A use of Deno's or Node's functions. `node:async_hooks` has a substitute. */
const USES = /\bDeno\.(?!inspect\b)[\w.]+|["']node:(?!async_hooks)[\w/]+["']|\bprocess\.\w+/g;

/**
 * Returns what an application's own modules use that browsers do not have, each with its file and
 * line: `app.ts:12: Deno.readTextFile`.
 *
 * @param main Path of the application's module.
 */
export async function unavailableIn(main: string): Promise<string[]> {
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
  const found: string[] = [];
  for (const { specifier } of modules) {
    if (!specifier.startsWith("file:") || specifier.startsWith(root) && !specifier.startsWith(examples)) continue;
    const lines = (await Deno.readTextFile(fileURLToPath(specifier))).split("\n");
    for (const [index, line] of lines.entries()) {
      for (const [use] of line.replace(/\/\/.*$/, "").matchAll(USES)) {
        found.push(`${basename(fileURLToPath(specifier))}:${index + 1}: ${use.replaceAll(/["']/g, "")}`);
      }
    }
  }
  return found;
}
