/** Lines that measure the loading of a page in Chromium. */

import type { Line } from "../line.ts";
import { processSeconds } from "../measure/proc.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { startServer } from "../servers/server.ts";
import { openBrowser } from "../../tests/browser/browser.ts";

/** Script that records when BokehJS is idle, in milliseconds since the navigation. */
const WATCH = `(() => {
  const timer = setInterval(() => {
    const documents = globalThis.Bokeh?.documents ?? [];
    if (documents.length === 0 || !documents.every((doc) => doc.is_idle)) return;
    clearInterval(timer);
    globalThis.interactiveAfter = performance.now();
  }, 2);
})()`;

/** Timing of a page: times in milliseconds since the navigation, and bytes transferred. */
interface Loading {
  interactive: number;
  painted: number;
  bytes: number;
}

const LOADING = `(() => ({
  interactive: globalThis.interactiveAfter,
  painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
  bytes: performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0),
}))()`;

/** Time from navigation until the sliders application is usable, with a cold and a warm cache. */
export const browserLines: readonly Line[] = [
  browserLine("browser-cold", "sliders usable in Chromium, cold cache", 0),
  browserLine("browser-warm", "sliders usable in Chromium, warm cache", 1),
];

function browserLine(id: string, title: string, loadsBefore: number): Line {
  const application = twin("sliders");
  return {
    id,
    title,
    unit: "ms",
    servers: ["python", "nodelay", "ours"],
    goal: { python: 1 },
    async measure(server, { tools, placement }) {
      await using running = await startServer(commandOf(server, application, tools), placement.server);
      const url = `http://localhost:${running.port}${application.path}`;
      await warmUp(url);
      await using browser = await openBrowser();
      const context = await browser.newContext({ viewport: { width: 900, height: 500 } });
      await context.addInitScript(WATCH);
      const page = await context.newPage();
      const load = async (): Promise<Loading> => {
        await page.goto(url);
        await page.waitForFunction("globalThis.interactiveAfter !== undefined");
        return await page.evaluate<Loading>(LOADING);
      };
      for (let count = 0; count < loadsBefore; count++) await load();
      const before = processSeconds(running.pid);
      const { interactive, painted, bytes } = await load();
      const cpu = (processSeconds(running.pid) - before) * 1000;
      return { value: interactive, cpu, further: { painted, bytes } };
    },
  };
}

/** Requests a page, so that the work of the server's first request is not measured. */
async function warmUp(url: string): Promise<void> {
  await (await fetch(url)).text();
}
