// Replaces an array as fast as possible while the toggle `running` is on. The argument `size` is its size in bytes.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Toggle } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Adds a plot of the array to a document. */
export default function (doc: Document): void {
  const [size] = doc.session_context!.request!.arguments.size!;
  const values = Float64Array.from({ length: Number(new TextDecoder().decode(size)) / 8 }, (_, i) => Math.sin(i / 10));
  const source = new ColumnDataSource({ data: { y: values }, name: "source" });
  const plot = figure({ height: 300, width: 600, name: "plot" });
  plot.line({ x: "y", y: "y", source });
  const running = new Toggle({ label: "run", name: "running" });

  let count = 0;
  const tick = () => {
    const y = values.slice();
    y[0] = count++;
    source.data = { y };
    doc.add_next_tick_callback(tick);
  };

  running.on_change("active", () => doc.add_next_tick_callback(tick));
  doc.add_root(column([running, plot]));
  doc.title = "Arrays";
}
