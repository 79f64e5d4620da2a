// Streams ten rows of four columns as fast as possible into columns that all sessions share.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Toggle } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { sharedSource } from "@bokeh/server/shared";

const shared = sharedSource("rows", { x: [0], a: [0], b: [0], c: [0] });
let count = 0;
let isRunning = false;

/** Starts the stream, once for all sessions. */
function start(): void {
  if (isRunning) return;
  isRunning = true;
  const tick = () => {
    const x = Float64Array.from({ length: 10 }, (_, k) => count + k);
    count += 10;
    shared.stream({ x, a: x.map((v) => v * 0.5), b: x.map((v) => v % 10), c: x.map((v) => -1.0 * v) }, 1000);
    setTimeout(tick);
  };
  tick();
}

/** Adds a plot of the stream to a document. */
export default function (doc: Document): void {
  const plot = figure({ height: 300, width: 600, name: "plot" });
  for (const name of ["a", "b", "c"] as const) plot.line({ x: "x", y: name, source: shared.source(doc) });
  const running = new Toggle({ label: "run", name: "running" });
  running.on_change("active", start);
  doc.add_root(column([running, plot]));
  doc.title = "Shared streams";
}
