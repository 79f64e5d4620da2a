// Choropleth: regions as patches, colored by the logarithm of a rate, with their names as tooltips.
import type { Document } from "@bokeh/server";
import { ColumnDataSource, LogColorMapper } from "@bokeh/server/models";
import { Viridis6 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** A map of 24 hexagonal regions. */
export default function (doc: Document): void {
  const regions = Array.from(
    { length: 24 },
    (_, i) => ({ x: i % 6 + (Math.floor(i / 6) % 2) / 2, y: Math.floor(i / 6) }),
  );
  const corners = [[0, 0.6], [0.5, 0.3], [0.5, -0.3], [0, -0.6], [-0.5, -0.3], [-0.5, 0.3]] as const;
  const source = new ColumnDataSource({
    data: {
      x: regions.map(({ x }) => corners.map(([dx]) => x + dx)),
      y: regions.map(({ y }) => corners.map(([, dy]) => 0.9 * y + dy)),
      name: regions.map((_, i) => `Region ${i + 1}`),
      rate: regions.map((_, i) => 1 + ((i * 37) % 101) / 4),
    },
  });
  const plot = figure({
    title: "rates by region",
    width: 600,
    height: 400,
    tools: "pan,wheel_zoom,reset,hover,save",
    x_axis_location: null,
    y_axis_location: null,
    tooltips: [["Name", "@name"], ["Rate", "@rate%"], ["(x, y)", "($x, $y)"]],
  });
  plot.grid.grid_line_color = null;
  plot.hover.point_policy = "follow_mouse";
  plot.patches("x", "y", {
    source,
    fill_color: { field: "rate", transform: new LogColorMapper({ palette: Viridis6 }) },
    fill_alpha: 0.7,
    line_color: "white",
    line_width: 0.5,
  });
  doc.add_root(plot);
  doc.title = "Choropleth";
}
