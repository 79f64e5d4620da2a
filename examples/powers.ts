// A curve whose exponent is set by a slider.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [0, 1, 2, 3], y: [0, 1, 4, 9] } });
  const plot = figure({ title: "powers", width: 400, height: 300 });
  plot.line({ x: "x", y: "y", source });

  const power = new Slider({ title: "power", start: 0, end: 4, step: 0.5, value: 2 });
  // The browser sends the new value, the callback runs on the server, and the new columns are sent
  // back.
  power.on_change("value", () => source.data = { x: [0, 1, 2, 3], y: [0, 1, 2, 3].map((x) => x ** power.value) });

  doc.add_root(column([power, plot]));
}
