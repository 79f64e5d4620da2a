// Linked brushing: a selection in one plot also applies to the other, which shows a subset of the
// rows.
import type { Document } from "@bokeh/server";
import { gridplot } from "@bokeh/server/layouts";
import { BooleanFilter, CDSView, ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Two plots of one data source, with some rows selected. */
export default function (doc: Document): void {
  const x = Array.from({ length: 41 }, (_, i) => i - 20);
  const y0 = x.map(Math.abs);
  const source = new ColumnDataSource({ data: { x, y0, y1: x.map((v) => v * v) } });
  source.selected.indices = [2, 3, 5, 8, 13, 21, 34];
  const options = { width: 300, height: 300, tools: "box_select,lasso_select,help" };
  const all = figure({ ...options, title: "all" });
  all.scatter("x", "y0", { source, size: 8, selection_color: "firebrick", nonselection_alpha: 0.3 });
  const some = figure({ ...options, title: "more than ten" });
  // Plots of one data source share its selection. A view draws a subset of the rows.
  const view = new CDSView({ filter: new BooleanFilter({ booleans: y0.map((v) => v > 10) }) });
  some.scatter("x", "y1", { source, view, size: 8, selection_color: "firebrick", nonselection_alpha: 0.3 });
  doc.add_root(gridplot([[all, some]]));
  doc.title = "Linked brushing";
}
