/**
 * Tests of applications in a real browser. Requires the package `playwright-core` and a Chromium.
 *
 * ```ts ignore
 * import { assertEquals } from "@std/assert";
 * import { openPage } from "@bokeh/server/testing/browser";
 * import app from "./app.ts";
 *
 * Deno.test("the slider moves the wave", async () => {
 *   await using page = await openPage(app);
 *   await page.set("freq", "value", 2);
 *   assertEquals(await page.get("title", "text"), "2 Hz");
 *   await page.screenshot("wave.png");
 * });
 * ```
 *
 * @module
 */

export {
  BrowserPage,
  type PlaywrightBrowser,
  type PlaywrightLaunchOptions,
  type PlaywrightPage,
} from "./browser_page.ts";
export { openPage, type OpenPageOptions } from "./open_page.ts";
