// Twin axes: two ranges in one dimension, each with its own axis.
import type { Document } from "@bokeh/server";
import { LinearAxis, Range1d } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** One curve with small numbers and one with large numbers. */
export default function (doc: Document): void {
  const x = Array.from({ length: 41 }, (_, i) => -2 + i / 10);
  const plot = figure({ title: "twin axes", width: 600, height: 350, x_range: [-2, 2], y_range: [-1.2, 1.2] });
  plot.background_fill_color = "#fafafa";
  plot.scatter(x, x.map((v) => v * v * v / 8), { color: "crimson", size: 8 });
  plot.yaxis.axis_label = "red circles";
  plot.yaxis.axis_label_text_color = "crimson";
  plot.extra_y_ranges = { large: new Range1d({ start: 0, end: 100 }) };
  plot.scatter(x, x.map((v) => 20 * v * v), { color: "navy", size: 8, y_range_name: "large" });
  const axis = new LinearAxis({ y_range_name: "large", axis_label: "blue circles", axis_label_text_color: "navy" });
  plot.add_layout(axis, "right");
  doc.add_root(plot);
  doc.title = "Twin axes";
}
