// Selection histogram: the histograms beside a scatter plot count the selected points.
import type { Document } from "@bokeh/server";
import { gridplot } from "@bokeh/server/layouts";
import { BoxSelectTool, ColumnDataSource, LassoSelectTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { histogram } from "@bokeh/server/statistics";
import { SeededRandom } from "../data/seeded_random.ts";

const COLOR = "#3A5785";

/** Three clouds of points, and the distribution of both coordinates. */
export default function (doc: Document): void {
  const random = new SeededRandom(7);
  const cloud = (count: number, [x, dx]: number[], [y, dy]: number[]) =>
    Array.from({ length: count }, () => [random.normal(x, dx), random.normal(y, dy)] as const);
  const points = [
    ...cloud(400, [500, 100], [100, 10]),
    ...cloud(800, [250, 50], [50, 10]),
    ...cloud(200, [550, 10], [40, 10]),
  ];
  const x = Float64Array.from(points, ([v]) => v);
  const y = Float64Array.from(points, ([, v]) => v);

  const frame = { min_border: 10, background_fill_color: "#fafafa" };
  const axes = { x_axis_location: null, y_axis_location: null };
  const tools = "pan,wheel_zoom,box_select,lasso_select,reset";
  const plot = figure({ ...frame, ...axes, tools, width: 400, height: 340, title: "Select points" });
  // A selection is sent when the mouse button is released, not at every move.
  plot.select_one(BoxSelectTool)!.continuous = false;
  plot.select_one(LassoSelectTool)!.continuous = false;
  const source = new ColumnDataSource({ data: { x, y }, name: "points" });
  plot.scatter("x", "y", { source, size: 3, color: COLOR, alpha: 0.6 });

  const across = bins(x);
  const below = figure({
    ...frame,
    width: 400,
    height: 150,
    toolbar_location: null,
    y_axis_location: "right",
    x_range: plot.x_range,
    y_range: [-across.limit, across.limit],
  });
  const upwards = bins(y);
  const beside = figure({
    ...frame,
    width: 150,
    height: 340,
    toolbar_location: null,
    y_axis_location: "right",
    x_range: [-upwards.limit, upwards.limit],
    y_range: plot.y_range,
  });
  beside.xaxis.major_label_orientation = Math.PI / 4;
  const styles = {
    all: { color: "white" },
    selected: { color: COLOR, alpha: 0.5 },
    others: { color: COLOR, alpha: 0.1 },
  };
  for (const [column, { color, ...alpha }] of Object.entries(styles)) {
    const style = { fill_color: color, line_color: column === "all" ? COLOR : null, ...alpha };
    below.quad({ left: "start", right: "end", bottom: 0, top: column, source: across.source, ...style });
    beside.quad({ bottom: "start", top: "end", left: 0, right: column, source: upwards.source, ...style });
  }

  source.selected.on_change("indices", (_attr, _old, indices) => {
    across.select(indices);
    upwards.select(indices);
  });
  doc.add_root(gridplot([[plot, beside], [below, null]], { merge_tools: false }));
  doc.title = "Selection histogram";
}

/** Divides numbers into twenty bins. */
function bins(values: Float64Array) {
  const { counts: all, edges } = histogram(values, 20);
  const none = new Float64Array(20);
  const source = new ColumnDataSource({
    data: { start: edges.slice(0, -1), end: edges.slice(1), all, selected: none, others: none },
  });
  const select = (indices: readonly number[]) => {
    const isPart = 0 < indices.length && indices.length < values.length;
    const selected = isPart ? histogram(indices.map((i) => values[i]!), edges).counts : none;
    source.data = { ...source.data, selected, others: isPart ? all.map((n, i) => selected[i]! - n) : none };
  };
  return { source, select, limit: 1.1 * Math.max(...all) };
}
