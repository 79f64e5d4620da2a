// A feed of prices that all sessions show: a new row every 100 ms, of which the last 600 are kept.
import type { Document, ServerContext } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";
import { sharedSource } from "@bokeh/server/shared";

const prices = sharedSource("prices", { time: [Date.now()], price: [100] });

/** Adds rows until the signal is aborted. A real feed would read a websocket or a message queue. */
async function readFeed({ signal }: { signal: AbortSignal }): Promise<void> {
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const last = prices.data.price.at(-1)!;
    prices.stream({ time: [Date.now()], price: [last + Math.random() - 0.5] }, 600);
  }
}

/** Reads the feed in one process of the server. If it ends, it starts again within a minute. */
export function onServerLoaded(server: ServerContext): void {
  server.onSchedule("* * * * *", readFeed, { atStart: true });
}

/** A plot of the feed. */
export default function (doc: Document): void {
  const plot = figure({ title: "prices", width: 700, height: 300, x_axis_type: "datetime" });
  plot.line({ x: "time", y: "price", source: prices.source(doc), line_width: 2 });
  doc.add_root(plot);
  doc.title = "Live feed";
}
