/**
 * Finds or installs Chromium for the browser tests.
 *
 * @module
 */

import { installDebianPackages, outputOf } from "./process.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Returns the path of Chromium. Installs Debian's package if none is found.
 *
 * @throws {Error} if none is found after the installation
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found !== undefined) return found;
  console.error("Installing Debian's chromium: no Chromium was found");
  await installDebianPackages("chromium");
  const installed = await findChromium();
  if (installed === undefined) throw new Error("Cannot find Chromium: set CHROMIUM to its path");
  return installed;
}

/** Returns the path in the environment variable `CHROMIUM`, or the path of a Chromium on `PATH`. */
export async function findChromium(): Promise<string | undefined> {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  for (const name of NAMES) {
    const path = await outputOf("sh", ["-c", `command -v ${name}`]);
    if (path) return path;
  }
  return undefined;
}
