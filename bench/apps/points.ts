// 100,000 points in two columns of float64.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Adds a scatter plot to a document. */
export default function (doc: Document): void {
  const n = 100_000;
  const x = Float64Array.from({ length: n }, (_, i) => i / n);
  const y = x.map((_, i) => (i * 7919 % n) / n);
  const source = new ColumnDataSource({ data: { x, y }, name: "source" });
  const plot = figure({ height: 500, width: 500, output_backend: "webgl", name: "plot" });
  plot.scatter({ x: "x", y: "y", source });
  doc.add_root(plot);
  doc.title = "Points";
}
