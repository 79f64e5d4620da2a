// Hatches: patterns that fill bars, by category and by name.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { factor_hatch } from "@bokeh/server/transform";

const PATTERNS = [
  ...["dot", "ring", "horizontal_line", "vertical_line", "cross", "horizontal_dash", "vertical_dash"] as const,
  ...["spiral", "right_diagonal_line", "left_diagonal_line", "diagonal_cross"] as const,
];

/** One bar for every second pattern of Bokeh. */
export default function (doc: Document): void {
  const names = PATTERNS.map((pattern) => pattern.replaceAll("_", " "));
  const source = new ColumnDataSource({ data: { names, top: names.map((_, i) => 3 + (i * 5) % 7) } });
  const plot = figure({ title: "hatches", width: 600, height: 350, x_range: names, tools: "", y_range: [0, 10] });
  plot.vbar({
    x: "names",
    top: "top",
    width: 0.9,
    source,
    fill_color: null,
    line_color: "black",
    hatch_pattern: factor_hatch("names", PATTERNS, names),
    hatch_color: "teal",
    hatch_scale: 14,
    hatch_alpha: 0.8,
  });
  plot.xaxis.major_label_orientation = "vertical";
  doc.add_root(plot);
  doc.title = "Hatches";
}
