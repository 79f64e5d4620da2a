/** Every application in `examples/apps/` draws something in a browser, and logs no errors. */

import { assert, assertEquals } from "@std/assert";
import UPNG from "upng-js";
import { takePicture, VIEWPORT } from "../gallery/pictures.ts";
import { appNames, serveApps } from "../gallery/twins.ts";
import { openBrowser } from "./browser.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

/** The number of different colors in a picture from which on it is not an empty page. */
const MIN_COLORS = 20;

Deno.test("examples/apps: every application draws something and logs no errors", SANITIZERS, async (t) => {
  const names = appNames();
  await using program = await serveApps(names);
  await using browser = await openBrowser();
  const context = await browser.newContext({ viewport: VIEWPORT });
  for (const name of names) {
    await t.step(name, async () => {
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(message.text());
      });
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.goto(new URL(`/${name}`, program.url).href);
      await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
      const colors = new Set(new Uint32Array(UPNG.toRGBA8(UPNG.decode((await takePicture(page)).slice().buffer))[0]!));
      assert(colors.size >= MIN_COLORS, `The page of ${name} has ${colors.size} colors`);
      assertEquals(problems, []);
      await page.close();
    });
  }
});
