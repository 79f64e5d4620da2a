/** How soon a page is there in a Chromium. */

import type { Line } from "../line.ts";
import { processSeconds } from "../measure/proc.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { startServer } from "../servers/server.ts";
import { openBrowser } from "../../tests/browser/browser.ts";

/** Notes when BokehJS has drawn all there is, in milliseconds since the page was asked for. */
const WATCH = `(() => {
  const timer = setInterval(() => {
    const documents = globalThis.Bokeh?.documents ?? [];
    if (documents.length === 0 || !documents.every((doc) => doc.is_idle)) return;
    clearInterval(timer);
    globalThis.interactiveAfter = performance.now();
  }, 2);
})()`;

/** What a page knows of its own loading. */
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

/** From the address to a page that can be used: sliders, with an empty cache and with a full one. */
export const browserLines: readonly Line[] = [
  browserLine("browser-cold", "sliders usable in Chromium, cold cache", 0),
  browserLine("browser-warm", "sliders usable in Chromium, warm cache", 1),
];

function browserLine(id: string, title: string, visitsBefore: number): Line {
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
      await visitOnce(url);
      await using browser = await openBrowser();
      const context = await browser.newContext({ viewport: { width: 900, height: 500 } });
      await context.addInitScript(WATCH);
      const page = await context.newPage();
      const load = async (): Promise<Loading> => {
        await page.goto(url);
        await page.waitForFunction("globalThis.interactiveAfter !== undefined");
        return await page.evaluate<Loading>(LOADING);
      };
      for (let visit = 0; visit < visitsBefore; visit++) await load();
      const before = processSeconds(running.pid);
      const { interactive, painted, bytes } = await load();
      const cpu = (processSeconds(running.pid) - before) * 1000;
      return { value: interactive, cpu, further: { painted, bytes } };
    },
  };
}

/** Lets the server do what it does only for its first visitor. */
async function visitOnce(url: string): Promise<void> {
  await (await fetch(url)).text();
}
