/** Lines and scatter plots of a million points in a Chromium: the first picture, zooms, and the size of the data. */

import { assert, assertEquals } from "@std/assert";
import { type Document, serveBokeh } from "@bokeh/server";
import { large_line, large_scatter, LineArrays, PointArrays } from "@bokeh/server/large_data";
import { figure } from "@bokeh/server/plotting";
import { evaluate, openBrowser, openPage, until } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const COUNT = 1_000_000;
/** Maximum size of the data of a view, in bytes. */
const MOST_BYTES = 200_000;

const x = Float64Array.from({ length: COUNT }, (_, i) => i);
const line = new LineArrays(x, x.map((value) => Math.sin(value / 3e4) + Math.sin(value * 12.9898) / 9));
const points = new PointArrays(x, x.map((value) => Math.sin(value / 3e4) + Math.sin(value * 78.233) / 3));

/** Expression of the data source of a type of glyph in the page. */
function source(glyph: string): string {
  return `[...doc.all_models].find((m) => m.type === "GlyphRenderer" && m.glyph.type === "${glyph}").data_source`;
}

/** Expression that halves the x-range of the plot. */
const ZOOM = `(() => {
  const plot = doc.roots()[0];
  const { start, end } = plot.x_range;
  const middle = (start + end) / 2, half = (end - start) / 4;
  plot.x_range.setv({ start: middle - half, end: middle + half });
})()`;

Deno.test("large data: a page has a few points for each pixel, and exact points after zooms", SANITIZERS, async (t) => {
  const app = (draw: (doc: Document, plot: ReturnType<typeof figure>) => Promise<unknown>) => async (doc: Document) => {
    const plot = figure({ width: 800, height: 400 });
    await draw(doc, plot);
    doc.add_root(plot);
  };
  await using server = await serveBokeh({
    "/line": app((doc, plot) => large_line(doc, plot, line)),
    "/scatter": app((doc, plot) => large_scatter(doc, plot, points, { max_markers: 2000 })),
  }, { port: 0 });
  await using browser = await openBrowser();

  await t.step("a line", async () => {
    const { page, problems } = await openPage(browser, `${server.url}line`);
    const length = `${source("Line")}.get_length()`;
    const first = await evaluate<number>(page, length);
    assert(first > 800 && 16 * first < MOST_BYTES, `${first} points`);
    for (let i = 0; i < 12; i++) {
      const before = await evaluate<number>(
        page,
        `${source("Line")}.data.get?.("x")[1] ?? ${source("Line")}.data.x[1]`,
      );
      await evaluate(page, ZOOM);
      await until(page, `(${source("Line")}.data.get?.("x") ?? ${source("Line")}.data.x)[1] !== ${before}`);
    }
    const last = await evaluate<number>(page, length);
    assert(last < 260, `${last} points`);
    assertEquals(problems, []);
  });

  await t.step("a scatter plot", async () => {
    const { page, problems } = await openPage(browser, `${server.url}scatter`);
    assertEquals(await evaluate(page, `${source("Scatter")}.get_length()`), 0);
    for (let i = 0; i < 12; i++) await evaluate(page, ZOOM);
    await until(page, `${source("Scatter")}.get_length() > 100 && ${source("Image")}.get_length() === 0`);
    assertEquals(problems, []);
  });
});
