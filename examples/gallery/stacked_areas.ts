// Stacked areas: ten columns as areas on top of each other.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { Spectral10 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Areas of deterministic, irregular numbers. */
export default function (doc: Document): void {
  const names = Array.from({ length: 10 }, (_, k) => `y${k}`);
  const columns = names.map((name, k) => [name, Array.from({ length: 20 }, (_, i) => 10 + (i * 37 + k * 53) % 91)]);
  const source = new ColumnDataSource({
    data: { index: Array.from({ length: 20 }, (_, i) => i), ...Object.fromEntries(columns) },
  });
  const plot = figure({ x_range: [0, 19], y_range: [0, 800], width: 600, height: 350, title: "areas" });
  plot.grid.minor_grid_line_color = "#eeeeee";
  plot.varea_stack(names, { x: "index", color: Spectral10, legend_label: names, source });
  plot.legend.orientation = "horizontal";
  plot.legend.label_text_font_size = "10px";
  plot.legend.spacing = 0;
  doc.add_root(plot);
  doc.title = "Stacked areas";
}
