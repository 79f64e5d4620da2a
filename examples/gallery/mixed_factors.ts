// Mixed factors: bars for months and a line for quarters on one axis with nested categories.
import type { Document } from "@bokeh/server";
import { FactorRange } from "@bokeh/server/models";
import { TolPRGn4 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

const QUARTERS = ["Q1", "Q2", "Q3", "Q4"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Numbers of one year, by month and by quarter. */
export default function (doc: Document): void {
  const months = MONTHS.map((month, i): [string, string] => [QUARTERS[Math.floor(i / 3)]!, month]);
  const [, , fill_color, line_color] = TolPRGn4;
  const range = new FactorRange({ factors: months, range_padding: 0.1 });
  const plot = figure({ x_range: range, y_range: [0, 18], width: 550, height: 350, tools: "", toolbar_location: null });
  const monthly = [10, 13, 16, 9, 10, 8, 12, 13, 14, 14, 12, 16];
  plot.vbar({ x: months, top: monthly, width: 0.8, fill_color, fill_alpha: 0.8, line_color, line_width: 1.2 });
  const quarterly = { x: QUARTERS, y: [13, 9, 13, 14] };
  plot.line({ ...quarterly, color: line_color, line_width: 3 });
  plot.scatter({ ...quarterly, size: 10, line_color, fill_color: "white", line_width: 3 });
  plot.xaxis.major_label_orientation = 1;
  plot.xgrid.grid_line_color = null;
  doc.add_root(plot);
  doc.title = "Mixed factors";
}
