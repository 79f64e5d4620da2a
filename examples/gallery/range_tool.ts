// Range tool: an overview plot that shows and moves the visible range of a detailed plot.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Range1d, RangeTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A long series in two plots. */
export default function (doc: Document): void {
  const x = Array.from({ length: 500 }, (_, i) => i);
  const source = new ColumnDataSource({ data: { x, y: x.map((i) => (i * i) / 5000 + ((i * 37) % 23)) } });
  const detail = figure({ width: 600, height: 220, tools: "xpan", toolbar_location: null, x_range: [200, 300] });
  detail.line("x", "y", { source });
  const overview = figure({ width: 600, height: 130, y_range: detail.y_range, tools: "", toolbar_location: null });
  overview.line("x", "y", { source });
  overview.ygrid.grid_line_color = null;
  // The tool sets the bounds of the range of the other plot.
  const { x_range } = detail;
  if (!(x_range instanceof Range1d)) {
    throw new TypeError("Cannot create the tool: the range of the plot has no fixed bounds");
  }
  const tool = new RangeTool({ x_range, start_gesture: "pan" });
  tool.overlay.fill_color = "navy";
  tool.overlay.fill_alpha = 0.2;
  overview.add_tools(tool);
  doc.add_root(column(detail, overview));
  doc.title = "Range tool";
}
