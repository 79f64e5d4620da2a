/**
 * Takes the screenshots in README.md and `docs/` from the running examples.
 *
 * ```sh
 * deno run -A tools/docs/screenshots.ts
 * ```
 *
 * @module
 */

import { openBrowser, openPage } from "../../tests/browser/browser.ts";
import { example, ServerProcess } from "../../tests/kit/server_process.ts";

const PICTURES = [
  { name: "sliders", width: 860, height: 440 },
  { name: "gallery", width: 740, height: 610 },
];

if (import.meta.main) {
  await using program = await ServerProcess.serve(...PICTURES.map(({ name }) => example(name)), "--port", "0");
  await using browser = await openBrowser();
  for (const { name, width, height } of PICTURES) {
    const { page } = await openPage(browser, program.urls.find((url) => url.endsWith(`/${name}`))!);
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: decodeURIComponent(new URL(`../../docs/${name}.png`, import.meta.url).pathname) });
  }
}
