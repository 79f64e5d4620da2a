// A random walk: a new point every 100 ms, of which the last 200 are kept.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A random walk that continues until the session is destroyed. */
export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { step: [0], position: [0] }, name: "walk" });

  const plot = figure({ title: "a random walk", width: 700, height: 300, y_axis_label: "position" });
  plot.line({ x: "step", y: "position", source, line_width: 2 });

  let step = 0;
  let position = 0;
  // The server removes the callback together with the session.
  doc.add_periodic_callback(() => {
    step += 1;
    position += Math.random() - 0.5;
    source.stream({ step: [step], position: [position] }, 200);
  }, 100);

  doc.add_root(plot);
  doc.title = "Stream";
}
