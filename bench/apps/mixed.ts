// A slider with a callback, and a plot that receives ten rows every 100 ms while the toggle `running` is on.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Slider, Toggle } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Adds the slider, the toggle and the plot to a document. */
export default function (doc: Document): void {
  const x = Float64Array.from({ length: 200 }, (_, i) => i / 16);
  const wave = new ColumnDataSource({ data: { x, y: x.map(Math.sin) }, name: "wave" });
  const rows = new ColumnDataSource({ data: { x: [], y: [] }, name: "rows" });
  const plot = figure({ height: 300, width: 600, name: "plot" });
  plot.line({ x: "x", y: "y", source: wave });
  plot.line({ x: "x", y: "y", source: rows });
  const freq = new Slider({ title: "frequency", value: 1, start: 0.1, end: 5.1, step: 0.1, name: "freq" });
  const running = new Toggle({ label: "run", name: "running" });

  freq.on_change("value", () => wave.data = { x, y: x.map((v) => Math.sin(v * freq.value)) });
  let count = 0;
  const tick = () => {
    const values = Array.from({ length: 10 }, (_, k) => count + k);
    count += 10;
    rows.stream({ x: values, y: values.map((v) => v % 10) }, 1000);
  };
  running.on_change("active", () => doc.add_periodic_callback(tick, 100));
  doc.add_root(column([freq, running, plot]));
  doc.title = "Mixed";
}
