// 100,000 points. Typed arrays are sent as binary data. The argument `?n=` of the URL sets the
// number of points.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Normally distributed points, drawn with WebGL. */
export default function (doc: Document): void {
  const [given] = doc.session_context?.request?.arguments["n"] ?? [];
  const n = given === undefined ? 100_000 : Number(new TextDecoder().decode(given));
  const source = new ColumnDataSource({ data: { x: normal(n), y: normal(n) }, name: "points" });

  const plot = figure({ title: `${n} points`, width: 600, height: 600, output_backend: "webgl" });
  plot.scatter({ x: "x", y: "y", source, size: 3, fill_alpha: 0.4, line_color: null });

  doc.add_root(plot);
  doc.title = "Scatter";
}

/** Returns `n` numbers with a standard normal distribution, by the Box-Muller transform. */
function normal(n: number): Float64Array {
  return Float64Array.from({ length: n }, () => {
    return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  });
}
