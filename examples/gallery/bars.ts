// Bars: one bar for each category, with a color for each.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { Bright6 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

/** Counts of six fruits. */
export default function (doc: Document): void {
  const fruits = ["Apples", "Pears", "Nectarines", "Plums", "Grapes", "Strawberries"];
  const source = new ColumnDataSource({ data: { fruits, counts: [5, 3, 4, 2, 4, 6] } });
  const plot = figure({
    x_range: fruits,
    width: 600,
    height: 350,
    title: "fruit counts",
    toolbar_location: null,
    tools: "",
  });
  plot.vbar({
    x: "fruits",
    top: "counts",
    width: 0.9,
    source,
    legend_field: "fruits",
    line_color: "white",
    fill_color: factor_cmap("fruits", Bright6, fruits),
  });
  plot.xgrid.grid_line_color = null;
  plot.y_range.set("start", 0);
  plot.y_range.set("end", 9);
  plot.legend.orientation = "horizontal";
  plot.legend.location = "top_center";
  doc.add_root(plot);
  doc.title = "Bars";
}
