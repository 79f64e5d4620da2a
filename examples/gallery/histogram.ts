// Histogram: frequencies of values in bins, and the density that they approximate.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

/** Sums of three numbers, which are approximately normally distributed. */
export default function (doc: Document): void {
  const values = Array.from(
    { length: 500 },
    (_, i) => [1, 7, 13].reduce((sum, f) => sum + ((i * 37 * f) % 101) / 101, -1.5),
  );
  const edges = Array.from({ length: 25 }, (_, i) => -1.5 + i / 8);
  const density = edges.slice(1).map((right, i) =>
    (values.filter((v) => v >= edges[i]! && v < right).length * 8) / values.length
  );
  const x = Array.from({ length: 61 }, (_, i) => -1.5 + i / 20);
  const pdf = x.map((v) => Math.exp(-2 * v * v) * Math.sqrt(2 / Math.PI));
  const plot = figure({ title: "a histogram", width: 600, height: 350, toolbar_location: null });
  plot.quad({
    top: density,
    bottom: 0,
    left: edges.slice(0, -1),
    right: edges.slice(1),
    fill_color: "skyblue",
    line_color: "white",
    legend_label: "500 values",
  });
  plot.line(x, pdf, { line_width: 2, line_color: "navy", legend_label: "density" });
  plot.y_range.set("start", 0);
  plot.xaxis.axis_label = "x";
  plot.yaxis.axis_label = "PDF(x)";
  doc.add_root(plot);
  doc.title = "Histogram";
}
