// Pie: shares of a whole as wedges, and as a ring.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { ColumnDataSource } from "@bokeh/server/models";
import { Category10 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { cumsum } from "@bokeh/server/transform";

/** Invented market shares of browsers. */
export default function (doc: Document): void {
  const name = ["Netscape", "Mosaic", "Lynx", "Arena", "Amaya", "Cello"];
  const share = [40, 25, 15, 10, 7, 3];
  const angle = share.map((value) => (value / 100) * 2 * Math.PI);
  const source = new ColumnDataSource({ data: { name, share, angle, color: [...Category10[6]] } });
  const options = { width: 320, height: 300, tools: "hover", tooltips: "@name: @share%", toolbar_location: null };
  const angles = { start_angle: cumsum("angle", { include_zero: true }), end_angle: cumsum("angle") };
  const pie = figure({ ...options, title: "pie", x_range: [-0.5, 1] });
  pie.wedge({
    x: 0,
    y: 1,
    radius: 0.4,
    ...angles,
    line_color: "white",
    fill_color: "color",
    legend_field: "name",
    source,
  });
  const ring = figure({ ...options, title: "ring", x_range: [-0.5, 0.5] });
  ring.annular_wedge({
    x: 0,
    y: 1,
    inner_radius: 0.2,
    outer_radius: 0.4,
    ...angles,
    line_color: "white",
    fill_color: "color",
    source,
  });
  for (const plot of [pie, ring]) {
    plot.axis.visible = false;
    plot.grid.grid_line_color = null;
  }
  doc.add_root(row(pie, ring));
  doc.title = "Pie";
}
