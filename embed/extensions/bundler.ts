/**
 * The bundler for code that runs in browsers: the command `deno bundle`.
 *
 * @module
 */

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Returns the command that bundles a module for browsers.
 *
 * @param entry The module.
 * @param output Path of the bundle.
 * @param options Further options of `deno bundle`.
 * @param folder Folder whose configuration applies. @default The folder of the module.
 */
export function bundlerCommand(entry: URL, output: string, options: readonly string[], folder?: string): Deno.Command {
  const path = entry.protocol === "file:" ? fileURLToPath(entry) : undefined;
  const cwd = folder ?? (path === undefined ? undefined : dirname(path));
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--no-lock", "--platform", "browser"],
      ...options,
      ...["--output", output, path ?? entry.href],
    ],
    ...cwd === undefined ? {} : { cwd },
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
}

/** Returns the reason of a failure from the bundler's standard error. */
export function bundlerError(stderr: Uint8Array): string {
  const text = new TextDecoder().decode(stderr).replace(/\n?error: bundling failed[\s\S]*$/, "");
  return text.replace(/^error: /, "").trim();
}
