// A density image of 10 million points.
import type { Document } from "@bokeh/server";
import { large_scatter, PointArrays } from "@bokeh/server/large_data";
import { figure } from "@bokeh/server/plotting";

const COUNT = 10_000_000;
const x = new Float64Array(new SharedArrayBuffer(8 * COUNT));
const y = new Float64Array(new SharedArrayBuffer(8 * COUNT));
for (let i = 0; i < COUNT; i++) {
  x[i] = i / COUNT;
  y[i] = Math.sin(40 * x[i]!) + Math.sin(78.233 * i) / 3;
}
const data = new PointArrays(x, y);

/** Adds the plot to a document. */
export default async function (doc: Document): Promise<void> {
  const plot = figure({ width: 800, height: 400 });
  await large_scatter(doc, plot, data);
  doc.add_root(plot);
  doc.title = "Large points";
}
