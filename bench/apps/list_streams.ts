// Streams ten rows of four columns, as plain lists, as fast as possible while the toggle `running` is on.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Toggle } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Adds a plot of the stream to a document. */
export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [], a: [], b: [], c: [] }, name: "source" });
  const plot = figure({ height: 300, width: 600, name: "plot" });
  for (const name of ["a", "b", "c"]) plot.line({ x: "x", y: name, source });
  const running = new Toggle({ label: "run", name: "running" });

  let count = 0;
  const tick = () => {
    const x = Array.from({ length: 10 }, (_, k) => count + k);
    count += 10;
    source.stream({ x, a: x.map((v) => v * 0.5), b: x.map((v) => v % 10), c: x.map((v) => -1.0 * v) }, 1000);
    doc.add_next_tick_callback(tick);
  };

  running.on_change("active", () => doc.add_next_tick_callback(tick));
  doc.add_root(column([running, plot]));
  doc.title = "Streams of lists";
}
