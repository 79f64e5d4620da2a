// Charts as people draw them.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import {
  BasicTicker,
  ColorBar,
  ColumnDataSource,
  DatetimeTickFormatter,
  LinearAxis,
  LinearColorMapper,
  PrintfTickFormatter,
  Range1d,
} from "@bokeh/server/models";
import { Blues, Category20c } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

const shaped = <A extends object>(array: A, shape: number[]) => Object.assign(array, { shape });

export default function (doc: Document): void {
  const p = figure({ name: "legends", width: 300, height: 300 });
  const s = new ColumnDataSource({ data: { x: [1, 2, 3, 4], y: [1, 2, 3, 4], g: ["a", "b", "a", "b"] } });
  p.scatter({ x: "x", y: "y", source: s, legend_group: "g", color: factor_cmap("g", ["red", "blue"], ["a", "b"]) });
  p.line({ x: [1, 2], y: [1, 2], legend_label: "one", line_width: 2 });
  p.line({ x: [1, 2], y: [2, 3], legend_label: "two", muted_color: "gray", muted_alpha: 0.2 });
  p.line({ x: [1, 2], y: [3, 4], legend_label: "one", color: "orange" });
  p.scatter({ x: "x", y: "y", source: s, legend_field: "g", marker: "x" });
  p.legend.title = "T";
  p.legend.click_policy = "mute";
  p.legend.ncols = 2;
  p.legend.orientation = "horizontal";
  p.legend.location = [5, 5];
  p.legend.label_text_font_size = "8pt";
  p.legend.background_fill_alpha = 0.5;
  p.add_layout(p.legend[0]!, "right");
  const cats = ["Q1", "Q2", "Q3"];
  const b = figure({
    name: "bars",
    x_range: cats,
    height: 200,
    title: "Bars",
    toolbar_location: null,
    tools: "hover",
    tooltips: "$name @x: @$name",
  });
  b.vbar_stack(["a", "b"], {
    x: "x",
    width: 0.9,
    color: ["#c9d9d3", "#718dbf"],
    source: { x: cats, a: [1, 2, 3], b: [3, 2, 1] },
    legend_label: ["a", "b"],
  });
  b.y_range.start = 0;
  b.x_range.range_padding = 0.1;
  b.xgrid.grid_line_color = null;
  b.axis.minor_tick_line_color = null;
  b.outline_line_color = null;
  b.legend.location = "top_left";
  b.legend.orientation = "horizontal";
  const pie = figure({ name: "pie", height: 200, x_range: [-0.5, 1.0], tools: "hover", tooltips: "@country: @value" });
  pie.wedge({
    x: 0,
    y: 1,
    radius: 0.4,
    start_angle: [0, 1],
    end_angle: [1, 2],
    line_color: "white",
    fill_color: Category20c[3].slice(0, 2),
  });
  pie.axis.axis_label = null;
  pie.axis.visible = false;
  pie.grid.grid_line_color = null;
  const h = figure({
    name: "heat",
    x_range: ["a", "b"],
    y_range: ["c", "d"].reverse(),
    x_axis_location: "above",
    tools: "save",
    width: 200,
    height: 200,
  });
  const m = new LinearColorMapper({ palette: [...Blues[9]].reverse(), low: 0, high: 3 });
  const r = h.rect({
    x: "x",
    y: "y",
    width: 1,
    height: 1,
    source: new ColumnDataSource({ data: { x: ["a", "b", "a", "b"], y: ["c", "c", "d", "d"], v: [0, 1, 2, 3] } }),
    fill_color: { field: "v", transform: m },
    line_color: null,
  });
  h.add_layout(
    new ColorBar({
      color_mapper: m,
      major_label_text_font_size: "7px",
      ticker: new BasicTicker({ desired_num_ticks: 3 }),
      formatter: new PrintfTickFormatter({ format: "%d%%" }),
      label_standoff: 6,
      border_line_color: null,
    }),
    "right",
  );
  h.add_layout(r.construct_color_bar({ padding: 1 }), "below");
  h.axis.major_label_standoff = 0;
  h.xaxis.major_label_orientation = Math.PI / 3;
  const day = 24 * 3600_000;
  const t0 = Date.UTC(2024, 0, 1);
  const t = figure({
    name: "time",
    x_axis_type: "datetime",
    width: 300,
    height: 200,
    x_axis_label: "Date",
    y_axis_label: "$",
    background_fill_color: "#efefef",
    x_range: [new Date(t0), new Date(t0 + 10 * day)],
    tools: "xpan,xwheel_zoom",
    active_scroll: "xwheel_zoom",
  });
  const ts = Float64Array.from({ length: 5 }, (_, k) => t0 + k * day);
  t.line({ x: ts, y: Float64Array.of(0, 1, 2, 3, 4) });
  t.step({ x: ts, y: [1, 2, 3, 4, 5], mode: "after", color: "red" });
  t.vbar({ x: ts, top: [1, 2, 3, 4, 5], width: day / 2, alpha: 0.2 });
  t.varea({ x: ts, y1: new Float64Array(5), y2: Float64Array.of(1, 1, 1, 1, 1) });
  t.segment({ x0: ts, y0: 0, x1: ts, y1: [1, 2, 3, 4, 5] });
  t.xaxis.formatter = new DatetimeTickFormatter({ days: "%m/%d" });
  t.grid.grid_line_alpha = 0.3;
  const w = figure({ name: "twin", width: 300, height: 200, y_range: [0, 1] });
  w.line({ x: [1, 2], y: [0.5, 1] });
  w.extra_y_ranges["foo"] = new Range1d({ start: 0, end: 100 });
  w.line({ x: [1, 2], y: [50, 100], y_range_name: "foo", color: "red" });
  w.add_layout(new LinearAxis({ y_range_name: "foo", axis_label: "foo" }), "right");
  w.y_range.bounds = [0, 2];
  w.x_range = p.x_range;
  const mp = figure({
    name: "map",
    x_range: [-2e6, 6e6],
    y_range: [-1e6, 7e6],
    x_axis_type: "mercator",
    y_axis_type: "mercator",
    width: 200,
    height: 200,
  });
  mp.add_tile("CartoDB Positron", { retina: true });
  mp.add_tile("OSM");
  const k = figure({ name: "kinds", width: 200, height: 200 });
  k.scatter({
    x: Int8Array.of(1, 2),
    y: Uint16Array.of(1, 2),
    size: BigInt64Array.of(5n, 10n),
    fill_color: ["red", "blue"],
    alpha: Float32Array.of(0.5, 1),
  });
  k.image({
    image: [shaped(Uint8Array.of(1, 2, 3, 4), [2, 2])],
    x: 0,
    y: 0,
    dw: 1,
    dh: 1,
    palette: "Greys9",
    alpha: 0.5,
  });
  k.image_rgba({ image: [shaped(new Uint8Array(16), [2, 2, 4])], x: 0, y: 0, dw: 1, dh: 1 });
  k.multi_line({
    xs: [Float64Array.of(1, 2), [3, 4]],
    ys: [[1, 2], BigInt64Array.of(3n, 4n)],
    color: ["red", [0, 128, 0]],
  });
  k.patches({ xs: [[1, 2, NaN, 3]], ys: [[1, 2, NaN, 3]], fill_color: [1, 2, 3, 0.5] });
  k.text({ x: [0], y: [0], text: ["é"], text_font: { value: "Helvetica" }, text_font_size: { value: "3em" } });
  k.hspan({ y: [1.5] });
  k.vspan({ x: [1, 2], line_color: ["red", "blue"] });
  doc.add_root(column([p, b, pie, h, t, w, mp, k]));
}
