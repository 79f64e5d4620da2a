/**
 * Clusters 100,000 points while a slider is dragged. The clusters are computed in a Worker, so that the page and all
 * other sessions stay responsive.
 *
 * ```sh
 * deno run -A mod.ts examples/kmeans.ts
 * ```
 *
 * @module
 */

import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Div, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { kmeans, randomPoints } from "./kmeans_task.ts";

const POINTS = 100_000;
/** Number of points that the plot shows. */
const SHOWN = 2000;

export default function (doc: Document): void {
  const points = randomPoints(POINTS);
  const shown = new ColumnDataSource({ data: { x: points.x.slice(0, SHOWN), y: points.y.slice(0, SHOWN) } });
  const centers = new ColumnDataSource({ name: "centers", data: { x: [], y: [] } });
  const plot = figure({ title: "k-means", width: 600, height: 500 });
  plot.scatter({ x: "x", y: "y", source: shown, size: 2, color: "gray" });
  plot.scatter({ x: "x", y: "y", source: centers, size: 12, color: "crimson", marker: "x", line_width: 3 });

  const clusters = new Slider({ title: "clusters", start: 1, end: 20, value: 4 });
  const status = new Div({ name: "status", text: "" });

  const update = async () => {
    const result = await doc.task(kmeans, { points, clusters: clusters.value }, {
      policy: "latest", // a newer value of the slider cancels the computation
      onProgress: (part) => status.text = `${Math.round(100 * part)} %`,
    });
    centers.data = { x: result.x, y: result.y };
    status.text = `${result.rounds} rounds`;
  };
  clusters.on_change("value", update);
  doc.add_next_tick_callback(update);

  doc.add_root(column([clusters, status, plot]));
}
