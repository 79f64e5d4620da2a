/**
 * The browser that draws exported images.
 *
 * @module
 */

import type { Browser } from "playwright-core";
import { errorMessage } from "../common/error_message.ts";

/** How the browser is started. */
export interface BrowserOptions {
  /**
   * Path of a Chromium or Chrome.
   *
   * @default The first that is found: that of Playwright, or one that is installed in the usual place.
   */
  readonly executablePath?: string | undefined;
  /** Further arguments of the browser. @default {[]} */
  readonly args?: readonly string[] | undefined;
}

/** Where systems install Chromium and Chrome. */
const PATHS: Readonly<Partial<Record<typeof Deno.build.os, readonly string[]>>> = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  windows: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

const ARGS = ["--headless", "--hide-scrollbars", "--force-color-profile=srgb", "--disable-gpu", "--no-first-run"];

/**
 * Starts a Chromium.
 *
 * @throws {Error} If the package `playwright-core` or a browser is missing. The message says what to
 * do.
 */
export async function launchChromium({ executablePath, args = [] }: BrowserOptions): Promise<Browser> {
  const { chromium } = await importPlaywright();
  const path = executablePath ?? await findBrowser(chromium.executablePath());
  try {
    return await chromium.launch({ executablePath: path, args: [...ARGS, ...args] });
  } catch (cause) {
    throw new Error(`Cannot export an image: ${path} does not start: ${errorMessage(cause).split("\n")[0]}`, { cause });
  }
}

async function importPlaywright(): Promise<typeof import("playwright-core")> {
  try {
    return await import("playwright-core");
  } catch (cause) {
    throw new Error(
      "Cannot export an image: the package playwright-core is missing. Run deno add npm:playwright-core",
      {
        cause,
      },
    );
  }
}

async function findBrowser(own: string): Promise<string> {
  for (const path of [own, ...PATHS[Deno.build.os] ?? []]) {
    if (path !== "" && await exists(path)) return path;
  }
  throw new Error(
    "Cannot export an image: no Chromium or Chrome is found. Install one, or name it with the option executablePath " +
      "(--browser on the command line)",
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
