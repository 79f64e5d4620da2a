import type { Document } from "@bokeh/server";
import { layout } from "@bokeh/server/layouts";
import { BoxSelectTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `selection_histogram.py`. */
export default function (doc: Document): void {
  const x = numbers(100, (i) => Math.cos(i));
  const y = numbers(100, (i) => Math.sin(3 * i));
  const p = figure({
    tools: "pan,wheel_zoom,box_select,lasso_select,reset",
    width: 600,
    height: 600,
    min_border: 10,
    min_border_left: 50,
    toolbar_location: "above",
    x_axis_location: null,
    y_axis_location: null,
    title: "Linked Histograms",
  });
  p.background_fill_color = "#fafafa";
  p.select_one(BoxSelectTool)!.continuous = false;
  const r = p.scatter(x, y, { size: 3, color: "#3A5785", alpha: 0.6 });
  const edges = [-1, -0.5, 0, 0.5, 1];
  const zeros = [0, 0, 0, 0];
  const ph = figure({ toolbar_location: null, width: p.width, height: 200, x_range: p.x_range, min_border: 10 });
  ph.xgrid.grid_line_color = null;
  ph.yaxis.major_label_orientation = Math.PI / 4;
  const hh1 = ph.quad({ bottom: 0, left: edges.slice(0, -1), right: edges.slice(1), top: zeros, alpha: 0.5 });
  r.data_source.selected.on_change("indices", (_attr, _old, indices) => {
    const chosen: number[] = indices;
    const counts = zeros.map((_, bin) =>
      chosen.filter((i) => r.data_source.data.x[i] >= edges[bin]! && r.data_source.data.x[i] < edges[bin + 1]!).length
    );
    hh1.data_source.data["top"] = counts;
  });
  doc.add_root(layout([[p], [ph]]));
}

function numbers(count: number, f: (i: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => f(i));
}
