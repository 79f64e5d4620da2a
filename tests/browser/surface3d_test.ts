/** The example surface3d, compared with Bokeh's example in Python. */

import { assert } from "@std/assert";
import { join } from "@std/path";
import type { Browser, Page } from "playwright-core";
import { bundleView } from "../../embed/extensions/bundle_view.ts";
import { fileHtml } from "../../embed/standalone/file_html.ts";
import config from "../../examples/extensions/surface3d/deno.json" with { type: "json" };
import { Surface3d } from "../../examples/extensions/surface3d/mod.ts";
import { ColumnDataSource } from "../../models/mod.ts";
import { run } from "../../tools/setup/process.ts";
import { ensurePython } from "../../tools/setup/python.ts";
import { comparePictures, takePicture, VIEWPORT } from "../gallery/pictures.ts";
import { openBrowser, problemsOf, untilIdle } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const FIXTURE = decodeURIComponent(new URL("../fixtures/surface3d/", import.meta.url).pathname);
/** Maximum share of different pixels. On one machine none differ. */
const MAX_SHARE = 0.0005;

/** Draws the surface. Bokeh's example draws it only when its data changes. */
const DRAW =
  `[...Bokeh.documents[0]._all_models.values()].find(({ type }) => type === "ColumnDataSource").change.emit()`;

/** Shows a page with a surface. */
async function show(browser: Browser, path: string, drawing?: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const problems = problemsOf(page);
  await page.goto(`file://${path}`);
  await untilIdle(page);
  await page.locator("canvas").waitFor();
  if (drawing !== undefined) await page.evaluate(drawing);
  assert(problems.length === 0, problems.join("\n"));
  return page;
}

Deno.test("surface3d: the picture is that of Bokeh's example in Python", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir({ prefix: "surface3d-" });
  const [library, theirs, ours] = ["vis.js", "python.html", "ours.html"].map((name) => join(folder, name));
  const entry = join(folder, "entry.ts");
  await Deno.writeTextFile(
    entry,
    `import * as vis from "${config.imports["vis-graph3d"]}";\nObject.assign(globalThis, { vis });\n`,
  );
  await Deno.writeTextFile(library!, (await bundleView(new URL(`file://${entry}`))).text);
  await run(await ensurePython(), ["write_page.py", library!, theirs!], { cwd: FIXTURE });

  const steps = Array.from({ length: 15 }, (_, i) => i * 20);
  const [x, y] = [steps.flatMap(() => steps), steps.flatMap((step) => steps.map(() => step))];
  const z = x.map((value, i) => Math.sin(value / 50) * Math.cos(y[i]! / 50) * 50 + 50);
  const data_source = new ColumnDataSource({ data: { x, y, z } });
  const surface = new Surface3d({ x: "x", y: "y", z: "z", data_source, width: 600, height: 600 });
  await Deno.writeTextFile(ours!, await fileHtml(surface, { resources: "inline" }));

  await using browser = await openBrowser();
  const one = await takePicture(await show(browser, theirs!, DRAW));
  const other = await takePicture(await show(browser, ours!));
  const { share, picture } = comparePictures(one, other);
  if (share > MAX_SHARE) {
    for (const [name, bytes] of Object.entries({ python: one, ours: other, difference: picture })) {
      await Deno.writeFile(join(folder, `${name}.png`), bytes);
    }
  }
  assert(share <= MAX_SHARE, `${(100 * share).toFixed(2)}% of the pixels differ: see ${folder}`);
  assert(one.length > 20_000, "the surface is drawn");
  await Deno.remove(folder, { recursive: true });
});
