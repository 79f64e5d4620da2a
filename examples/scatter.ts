// A hundred thousand points: typed arrays travel as bytes. ?n= in the address says how many.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A cloud of points, drawn with WebGL. */
export default function (doc: Document): void {
  const [given] = doc.session_context?.request?.arguments["n"] ?? [];
  const n = given === undefined ? 100_000 : Number(new TextDecoder().decode(given));
  const source = new ColumnDataSource({ data: { x: normal(n), y: normal(n) }, name: "points" });

  const plot = figure({ title: `${n} points`, width: 600, height: 600, output_backend: "webgl" });
  plot.scatter({ x: "x", y: "y", source, size: 3, fill_alpha: 0.4, line_color: null });

  doc.add_root(plot);
  doc.title = "Scatter";
}

/** Numbers of the standard normal distribution, by the method of Box and Muller. */
function normal(n: number): Float64Array {
  return Float64Array.from({ length: n }, () => {
    return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  });
}
