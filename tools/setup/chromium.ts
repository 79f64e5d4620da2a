/**
 * A Chromium for the tests that look at pages.
 *
 * @module
 */

import { installDebianPackages, outputOf } from "./process.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium, installed with Debian's packages where the machine has none. */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found !== undefined) return found;
  console.error("No Chromium was found: installing Debian's");
  await installDebianPackages("chromium");
  const installed = await findChromium();
  if (installed === undefined) throw new Error("Cannot find a Chromium: set CHROMIUM to the path of one");
  return installed;
}

/** The path of a Chromium of this machine: the variable `CHROMIUM`, or one on the search path. */
export async function findChromium(): Promise<string | undefined> {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  for (const name of NAMES) {
    const path = await outputOf("sh", ["-c", `command -v ${name}`]);
    if (path) return path;
  }
  return undefined;
}
