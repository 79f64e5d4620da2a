// Log axes: powers are straight lines on logarithmic axes.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

/** Powers of x on two logarithmic axes. */
export default function (doc: Document): void {
  const x = Array.from({ length: 31 }, (_, i) => 0.1 + i / 10);
  const plot = figure({
    title: "powers on log axes",
    width: 600,
    height: 350,
    x_axis_type: "log",
    y_axis_type: "log",
    y_range: [0.0001, 1e4],
    background_fill_color: "#fafafa",
  });
  plot.line(x, x, { legend_label: "y = x", line_color: "tomato" });
  plot.line(x, x.map((v) => v * v), { legend_label: "y = x²", line_color: "navy", line_width: 3 });
  plot.line(x, x.map((v) => v * v * v * v), { legend_label: "y = x⁴", line_color: "green", line_dash: "dotdash" });
  plot.xaxis.axis_label = "Domain";
  plot.yaxis.axis_label = "Values (log scale)";
  plot.legend.location = "top_left";
  doc.add_root(plot);
  doc.title = "Log axes";
}
