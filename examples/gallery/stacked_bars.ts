// Stacked bars: exports to the right and imports to the left.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";
import { GnBu3, OrRd3 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Horizontal stacked bars. */
export default function (doc: Document): void {
  const fruits = ["Apples", "Pears", "Nectarines", "Plums", "Grapes"];
  const years = ["2015", "2016", "2017"];
  const exported = { fruits, 2015: [2, 1, 4, 3, 2], 2016: [5, 3, 4, 2, 4], 2017: [3, 2, 4, 4, 5] };
  const imported = { fruits, 2015: [-1, 0, -1, -3, -2], 2016: [-2, -1, -3, -1, -2], 2017: [-1, -2, -1, 0, -2] };
  const plot = figure({ y_range: fruits, x_range: [-16, 16], width: 600, height: 300, title: "imports and exports" });
  plot.hbar_stack(years, {
    y: "fruits",
    height: 0.9,
    color: GnBu3,
    source: new ColumnDataSource({ data: exported }),
    legend_label: years.map((year) => `${year} exports`),
  });
  plot.hbar_stack(years, {
    y: "fruits",
    height: 0.9,
    color: OrRd3,
    source: new ColumnDataSource({ data: imported }),
    legend_label: years.map((year) => `${year} imports`),
  });
  plot.y_range.set("range_padding", 0.1);
  plot.ygrid.grid_line_color = null;
  plot.legend.location = "center_left";
  plot.axis.minor_tick_line_color = null;
  plot.outline_line_color = null;
  doc.add_root(plot);
  doc.title = "Stacked bars";
}
