// Clustering: algorithms that look for clusters in points, which have the colors of the clusters that are found.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Select, Slider } from "@bokeh/server/models";
import { Category10_10 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import {
  ALGORITHMS,
  type ClusteredPoints,
  clusteredPoints,
  clusterTask,
  DATA_SETS,
  MAX_SAMPLES,
  NOISE,
} from "../data/clusters.ts";

/** Four sets of points and four algorithms. */
export default function (doc: Document): void {
  const dataset = new Select({
    name: "dataset",
    title: "Select dataset:",
    value: "Noisy Circles",
    options: Object.keys(DATA_SETS),
    width: 200,
  });
  const algorithm = new Select({
    name: "algorithm",
    title: "Select algorithm:",
    value: "K-means",
    options: Object.keys(ALGORITHMS),
    width: 200,
  });
  const samples = new Slider({
    name: "samples",
    title: "Number of samples",
    value: 300,
    start: 100,
    end: MAX_SAMPLES,
    step: 50,
    width: 400,
  });
  const clusters = new Slider({
    name: "clusters",
    title: "Number of clusters",
    value: 2,
    start: 2,
    end: 10,
    step: 1,
    width: 400,
  });
  const input = () => ({
    dataset: dataset.value as keyof typeof DATA_SETS,
    algorithm: algorithm.value as keyof typeof ALGORITHMS,
    samples: samples.value,
    clusters: clusters.value,
  });

  const source = new ColumnDataSource({ data: columnsOf(clusteredPoints(input())) });
  const plot = figure({ name: "points", width: 600, height: 600, toolbar_location: null, title: algorithm.value });
  plot.scatter("x", "y", { fill_color: "colors", line_color: null, size: 8, source });

  const update = async () => {
    // The hierarchical algorithms take up to a second. A newer selection cancels the task.
    source.data = columnsOf(await doc.task(clusterTask, input(), { policy: "latest" }));
    plot.title.text = algorithm.value;
  };
  algorithm.on_change("value", update);
  dataset.on_change("value", update);
  samples.on_change("value_throttled", update);
  clusters.on_change("value_throttled", update);
  doc.add_root(row(column(row(dataset, algorithm, { width: 420 }), samples, clusters), plot));
  doc.title = "Clustering";
}

function columnsOf({ x, y, labels }: ClusteredPoints) {
  const colors = labels.map((label) => label === NOISE ? "lightgray" : Category10_10[label % Category10_10.length]!);
  return { x, y, colors };
}
