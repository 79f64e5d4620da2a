/** Lines that measure the time from a slider's move to the drawn picture in Chromium. */

import type { Line } from "../line.ts";
import { processSeconds } from "../measure/proc.ts";
import { quantile } from "../measure/statistics.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { startServer } from "../servers/server.ts";
import { openBrowser, openPage } from "../../tests/browser/browser.ts";

/** Number of moves that are measured, after a few that are not. */
const MOVES = 60, WARM_UP_MOVES = 10;

/**
 * Script that moves the slider `freq` as its handle does, waits until the server's new columns are there, and returns the
 * milliseconds until the frame that shows them was handed to the compositor.
 */
const MOVE = `(value) => new Promise((resolve) => {
  const doc = Bokeh.documents[0];
  const source = doc.get_model_by_name("source");
  const started = performance.now();
  const onData = () => {
    source.properties.data.change.disconnect(onData);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - started);
      port2.postMessage(null);
    });
  };
  source.properties.data.change.connect(onData);
  doc.get_model_by_name("freq").value = value;
})`;

/** Time from a move of the slider of the sliders application to the drawn curve: the median, and the 95th percentile. */
export const drawingLines: readonly Line[] = [drawingLine("browser-move", 0.5), drawingLine("browser-move-95", 0.95)];

function drawingLine(id: string, share: number): Line {
  const application = twin("sliders");
  return {
    id,
    title: `slider moved to curve drawn in Chromium, ${share * 100} %`,
    unit: "ms",
    servers: ["python", "nodelay", "ours"],
    goal: { python: 1 },
    async measure(server, { tools, placement }) {
      await using running = await startServer(commandOf(server, application, tools), placement.server);
      await using browser = await openBrowser();
      const { page } = await openPage(browser, `http://localhost:${running.port}${application.path}`);
      const move = (index: number) => page.evaluate<number>(`(${MOVE})(${(11 + index % 40) / 10})`);
      for (let index = 0; index < WARM_UP_MOVES; index++) await move(index);
      const before = processSeconds(running.pid);
      const times: number[] = [];
      for (let index = 0; index < MOVES; index++) times.push(await move(WARM_UP_MOVES + index));
      const cpu = (processSeconds(running.pid) - before) * 1000 / MOVES;
      return { value: quantile(times.sort((a, b) => a - b), share), cpu };
    },
  };
}
