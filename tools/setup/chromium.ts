/**
 * Finds or installs Chromium for the browser tests.
 *
 * @module
 */

import { ensureDebianProgram } from "./debian_program.ts";
import { outputOf } from "./process.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Returns the path of Chromium. Installs Debian's package if none is found.
 *
 * @throws {Error} if none is found after the installation
 */
export async function ensureChromium(): Promise<string> {
  return await ensureDebianProgram({
    name: "Chromium",
    debianPackage: "chromium",
    find: findChromium,
    advice: "set CHROMIUM to its path",
  });
}

/** Returns the path in the environment variable `CHROMIUM`, or the path of a Chromium on `PATH`. */
async function findChromium(): Promise<string | undefined> {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  for (const name of NAMES) {
    const path = await outputOf("sh", ["-c", `command -v ${name}`]);
    if (path) return path;
  }
  return undefined;
}
