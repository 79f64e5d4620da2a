// Range tool: a small plot of everything shows and moves the part that the large one shows.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Range1d, RangeTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A long series. */
export default function (doc: Document): void {
  const x = Array.from({ length: 500 }, (_, i) => i);
  const source = new ColumnDataSource({ data: { x, y: x.map((i) => (i * i) / 5000 + ((i * 37) % 23)) } });
  const detail = figure({ width: 600, height: 220, tools: "xpan", toolbar_location: null, x_range: [200, 300] });
  detail.line("x", "y", { source });
  const select = figure({ width: 600, height: 130, y_range: detail.y_range, tools: "", toolbar_location: null });
  select.line("x", "y", { source });
  select.ygrid.grid_line_color = null;
  const { x_range } = detail;
  if (!(x_range instanceof Range1d)) throw new TypeError("Cannot select: the range of the plot has no fixed ends");
  const tool = new RangeTool({ x_range, start_gesture: "pan" });
  tool.overlay.fill_color = "navy";
  tool.overlay.fill_alpha = 0.2;
  select.add_tools(tool);
  doc.add_root(column(detail, select));
  doc.title = "Range tool";
}
