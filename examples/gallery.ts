// Bars, an image, a histogram and patches in a grid, with a palette and a theme.
import type { Document } from "@bokeh/server";
import { gridplot } from "@bokeh/server/layouts";
import { ColumnDataSource, HoverTool } from "@bokeh/server/models";
import { Viridis256 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

const SIZE = { width: 350, height: 280 };

/** Four plots in a grid with a common toolbar. */
export default function (doc: Document): void {
  doc.theme = "caliber";
  doc.add_root(gridplot([[bars(), image()], [histogram(), patches()]]));
  doc.title = "Gallery";
}

function bars() {
  const fruits = ["apples", "pears", "plums", "figs"];
  const source = new ColumnDataSource({ data: { fruits, counts: [5, 3, 4, 2] } });
  const plot = figure({ ...SIZE, title: "bars", x_range: fruits });
  plot.vbar({
    x: "fruits",
    top: "counts",
    width: 0.8,
    source,
    fill_color: factor_cmap("fruits", ["#c9d9d3", "#718dbf", "#e84d60", "#ddb7b1"], fruits),
  });
  plot.add_tools(new HoverTool({ tooltips: [["fruit", "@fruits"], ["count", "@counts"]] }));
  return plot;
}

function image() {
  const n = 60;
  const values = Float64Array.from({ length: n * n }, (_, i) => {
    return Math.sin((i % n) / 8) * Math.cos(Math.floor(i / n) / 8);
  });
  const plot = figure({ ...SIZE, title: "image", x_range: [0, 10], y_range: [0, 10] });
  // An image is a typed array with a shape: rows from bottom to top.
  plot.image({ image: [Object.assign(values, { shape: [n, n] })], x: 0, y: 0, dw: 10, dh: 10, palette: Viridis256 });
  return plot;
}

function histogram() {
  const counts = [1, 4, 9, 15, 19, 15, 9, 4, 1];
  const plot = figure({ ...SIZE, title: "histogram" });
  plot.quad({
    left: counts.map((_, i) => i),
    right: counts.map((_, i) => i + 1),
    top: counts,
    bottom: 0,
    line_color: "white",
  });
  return plot;
}

function patches() {
  const plot = figure({ ...SIZE, title: "patches" });
  plot.patches({
    xs: [[1, 3, 2], [3, 4, 6, 6]],
    ys: [[2, 1, 4], [4, 7, 8, 5]],
    fill_color: ["firebrick", "navy"],
    fill_alpha: [0.8, 0.3],
  });
  return plot;
}
