/** Lines of a density image of 10 million points in Chromium, beside hvplot with Datashader. */

import type { Browser, Page } from "playwright-core";
import type { Line } from "../line.ts";
import { processSeconds } from "../measure/proc.ts";
import { median, quantile } from "../measure/statistics.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { datashaderCommand } from "../servers/datashader.ts";
import { startServer } from "../servers/server.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { openBrowser } from "../../tests/browser/browser.ts";

/** Number of pages that are opened, and of steps in the last one, after a few that are not measured. */
const PAGES = 5, STEPS = 60, WARM_UP_STEPS = 10;

/** Script that installs what the others use. */
const PREPARE = `globalThis.large = {
  get plot() {
    return [...Bokeh.documents[0].all_models].find((model) => model.type === "Plot" || model.type === "Figure");
  },
  get source() {
    const isImage = (model) => model.type === "GlyphRenderer" && model.glyph.type.startsWith("Image");
    return [...Bokeh.documents[0].all_models].find(isImage).data_source;
  },
  painted: () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  })),
}`;

/** Expression of whether the image is drawn. */
const IS_DRAWN =
  `globalThis.Bokeh?.documents?.[0]?.is_idle === true && (${PREPARE}, true) && large.source.get_length() === 1`;

/**
 * Script that sets the x-range as a pan or a zoom does, waits until the image of the new view is
 * there, and returns the milliseconds until the frame that shows it was handed to the compositor.
 */
const STEP = `({ start, end }) => new Promise((resolve) => {
  const { plot, source, painted } = large;
  const started = performance.now();
  const onData = async () => {
    source.properties.data.change.disconnect(onData);
    await painted();
    resolve(performance.now() - started);
  };
  source.properties.data.change.connect(onData);
  plot.x_range.setv({ start, end });
  Bokeh.index.find_one(plot).trigger_ranges_update_event(); // HoloViews waits for it
})`;

/** What a browser shows of the points. Times in milliseconds. */
interface Drawing {
  /** Time from the request for the page to the image, in each page. */
  readonly pages: readonly number[];
  /** Times of the steps, in ascending order. */
  readonly steps: readonly number[];
  /** Maximum number of bytes of websocket messages that a page or a step has received. */
  readonly bytes: number;
  /** CPU time of the server for a step. */
  readonly cpu: number;
}

/** Opening a plot of 10 million points, panning and zooming in it, and the size of its messages. */
export const largeDataLines: readonly Line[] = [
  largeLine(
    "large-first",
    "10 million points: page requested to image drawn in Chromium",
    "ms",
    1500,
    ({ pages }) => median(pages),
  ),
  largeLine(
    "large-step-95",
    "10 million points: pan or zoom to image drawn, 95 %",
    "ms",
    100,
    ({ steps }) => quantile(steps, 0.95),
  ),
  largeLine(
    "large-bytes",
    "10 million points: most bytes for a page or a step",
    "KB",
    200,
    ({ bytes }) => bytes / 1000,
  ),
];

function largeLine(
  id: string,
  title: string,
  unit: Line["unit"],
  atMost: number,
  valueOf: (drawing: Drawing) => number,
): Line {
  const application = twin("large_points");
  return {
    id,
    title,
    unit,
    servers: ["python", "ours"],
    goal: { atMost },
    long: true,
    async measure(server, { tools, placement }) {
      const command = server === "python"
        ? await datashaderCommand(application)
        : commandOf(server, application, tools);
      await using running = await startServer(command, placement.server);
      await using browser = await openBrowser();
      const drawing = await draw(browser, `http://localhost:${running.port}${application.path}`, running.pid);
      const { steps, cpu } = drawing;
      return { value: valueOf(drawing), cpu, further: { p50: quantile(steps, 0.5), p95: quantile(steps, 0.95) } };
    },
  };
}

/** Opens pages of a server, the first of which is not measured, and pans and zooms in the last one. */
async function draw(browser: Browser, url: string, pid: number): Promise<Drawing> {
  const pages: number[] = [];
  let bytes = 0;
  let last = await openDrawn(browser, url);
  for (let i = 0; i < PAGES; i++) {
    await last.page.close();
    last = await openDrawn(browser, url);
    pages.push(last.milliseconds);
    bytes = Math.max(bytes, last.received());
  }
  const steps: number[] = [];
  let before = processSeconds(pid);
  for (let i = 0; i < WARM_UP_STEPS + STEPS; i++) {
    if (i === WARM_UP_STEPS) before = processSeconds(pid);
    const step = await last.page.evaluate<number>(`(${STEP})(${JSON.stringify(viewOf(i))})`);
    const received = last.received();
    if (i < WARM_UP_STEPS) continue;
    steps.push(step);
    bytes = Math.max(bytes, received);
  }
  const cpu = (processSeconds(pid) - before) * 1000 / STEPS;
  return { pages, steps: steps.sort((a, b) => a - b), bytes, cpu };
}

/** Returns the x-range of a step: pans of a tenth of the view, and zooms after ten of them. */
function viewOf(step: number): { start: number; end: number } {
  const size = 0.8 / (1 + Math.floor(step / 10) % 4);
  const start = 0.01 + (step % 10) * size / 10 % (1 - size);
  return { start, end: start + size };
}

/** Opens a page and waits for its image. `received` returns the bytes since its last call. */
async function openDrawn(
  browser: Browser,
  url: string,
): Promise<{ page: Page; milliseconds: number; received: () => number }> {
  const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  let bytes = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => bytes += payload.length);
  });
  const started = performance.now();
  await page.goto(url, { waitUntil: "commit", timeout: 120_000 });
  await eventually(() => page.evaluate(IS_DRAWN), "the image is drawn", 120);
  const milliseconds = performance.now() - started;
  return {
    page,
    milliseconds,
    received() {
      const found = bytes;
      bytes = 0;
      return found;
    },
  };
}
