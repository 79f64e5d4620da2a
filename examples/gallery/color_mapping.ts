// Color mapping: numbers and categories mapped to colors and markers, with a color bar.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { ColorBar, ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap, factor_mark, linear_cmap } from "@bokeh/server/transform";

/** Two scatter plots: colors by number, and colors and markers by category. */
export default function (doc: Document): void {
  const k = Array.from({ length: 100 }, (_, i) => i);
  const species = ["setosa", "versicolor", "virginica"];
  const source = new ColumnDataSource({
    data: { x: k, y: k.map((i) => (i * 53) % 97), species: k.map((i) => species[i % 3]!) },
  });
  const numbers = figure({ title: "numbers", width: 330, height: 300, tools: "pan,wheel_zoom,reset" });
  const color = linear_cmap("y", "Viridis256", 0, 97);
  numbers.scatter("x", "y", { source, color, size: 8 });
  numbers.add_layout(new ColorBar({ color_mapper: color.transform, width: 8, title: "y" }), "right");
  const categories = figure({ title: "categories", width: 300, height: 300, tools: "pan,wheel_zoom,reset" });
  categories.scatter("x", "y", {
    source,
    size: 9,
    fill_alpha: 0.4,
    legend_group: "species",
    marker: factor_mark("species", ["hex", "circle_x", "triangle"], species),
    color: factor_cmap("species", "Category10_3", species),
  });
  categories.legend.location = "top_left";
  doc.add_root(row(numbers, categories));
  doc.title = "Color mapping";
}
