// Lines: three curves with markers and a legend.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

/** Three powers of x. */
export default function (doc: Document): void {
  const x = Array.from({ length: 21 }, (_, i) => i / 10);
  const plot = figure({ title: "powers of x", width: 600, height: 350, x_axis_label: "x", y_axis_label: "y" });
  plot.line(x, x, { legend_label: "y = x", line_color: "steelblue", line_width: 2 });
  plot.line(x, x.map((v) => v * v), { legend_label: "y = x²", line_color: "tomato", line_dash: "dashed" });
  plot.scatter(x, x.map((v) => v * v * v), {
    legend_label: "y = x³",
    size: 7,
    fill_color: "white",
    line_color: "green",
  });
  plot.legend.location = "top_left";
  doc.add_root(plot);
  doc.title = "Lines";
}
