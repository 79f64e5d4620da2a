// Axes, ranges, tickers and formatters.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import {
  AdaptiveTicker,
  BasicTicker,
  BasicTickFormatter,
  BinnedTicker,
  BoxAnnotation,
  type CategoricalAxis,
  CategoricalTicker,
  CategoricalTickFormatter,
  CompositeTicker,
  CustomJSTicker,
  CustomJSTickFormatter,
  DataRange1d,
  DatetimeTicker,
  DatetimeTickFormatter,
  DaysTicker,
  Div,
  EqHistColorMapper,
  FactorRange,
  FixedTicker,
  LinearAxis,
  LogAxis,
  LogTicker,
  LogTickFormatter,
  MercatorTickFormatter,
  MonthsTicker,
  NumeralTickFormatter,
  PrintfTickFormatter,
  Range1d,
  SingleIntervalTicker,
  Span,
  TimedeltaTicker,
  TimedeltaTickFormatter,
  WMTSTileSource,
  YearsTicker,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { Viridis256 } from "@bokeh/server/palettes";

const at = (month: number, day: number) => new Date(Date.UTC(2024, month - 1, day));

export default function (doc: Document): void {
  const p = figure({
    width: 400,
    height: 300,
    name: "p",
    title: "Axes",
    x_axis_label: "time [s]",
    y_axis_label: "v",
    x_axis_location: "above",
    y_axis_location: "right",
    x_range: new Range1d({ start: 0, end: 10, bounds: [-5, 15] }),
    y_range: new DataRange1d({ range_padding: 0.2, start: 0 }),
    background_fill_color: "#fafafa",
    border_fill_color: "white",
    min_border_left: 50,
    outline_line_color: null,
    lod_threshold: null,
    output_backend: "svg",
    toolbar_location: "left",
    active_scroll: "wheel_zoom",
    active_drag: "box_zoom",
    tools: "pan,box_zoom,wheel_zoom,tap",
  });
  p.line({ x: [1, 2, 3], y: [1, 2, 3] });
  p.extra_y_ranges = { foo: new Range1d({ start: 0, end: 100 }) };
  p.extra_x_ranges["bar"] = new FactorRange({ factors: ["a", "b"], factor_padding: 0.1 });
  p.add_layout(
    new LinearAxis({ y_range_name: "foo", axis_label: "foo", ticker: new FixedTicker({ ticks: [0, 50, 100] }) }),
    "left",
  );
  p.add_layout(new LogAxis(), "below");
  p.xaxis.ticker = [1, 5, 9];
  p.xaxis.major_label_overrides = { 1: "one", 5: "five" };
  p.xaxis.major_label_orientation = 0.785;
  p.yaxis.major_label_orientation = "vertical";
  p.xaxis[0]!.formatter = new NumeralTickFormatter({ format: "0.0%" });
  p.yaxis[0]!.formatter = new PrintfTickFormatter({ format: "%5.1f" });
  p.xgrid.grid_line_color = null;
  p.ygrid.band_fill_alpha = 0.1;
  p.ygrid.band_fill_color = "navy";
  p.ygrid.minor_grid_line_color = "lightgray";
  p.axis.minor_tick_line_color = null;
  p.axis.axis_label_text_font_style = "bold";
  p.title.text_font_size = "20pt";
  p.title.align = "center";
  const d = figure({
    width: 400,
    height: 300,
    name: "d",
    x_axis_type: "datetime",
    y_axis_type: null,
    x_range: [at(1, 1), at(2, 1)],
  });
  d.line({ x: [at(1, 1), at(1, 15)], y: [1, 2] });
  d.xaxis.formatter = new DatetimeTickFormatter({ days: "%d %b", months: "%b %Y", hours: "%H:%M" });
  d.xaxis.ticker = new DaysTicker({ days: [1, 8, 15, 22] });
  d.add_layout(new Span({ location: at(1, 10), dimension: "height" }));
  d.add_layout(new BoxAnnotation({ left: at(1, 3), right: at(1, 5), fill_alpha: 0.1 }));
  const m = figure({
    width: 300,
    height: 300,
    name: "m",
    x_axis_type: "mercator",
    y_axis_type: "mercator",
    x_range: [-2000000, 6000000],
    y_range: [-1000000, 7000000],
  });
  m.add_tile(new WMTSTileSource({ url: "https://tile.example.com/{Z}/{X}/{Y}.png", attribution: "me", max_zoom: 10 }));
  const l = figure({
    name: "l",
    x_axis_type: "log",
    y_axis_type: "log",
    x_minor_ticks: 5,
    y_minor_ticks: "auto",
    match_aspect: true,
    aspect_ratio: 2,
    sizing_mode: "stretch_width",
    frame_width: 200,
  });
  l.xaxis.formatter = new LogTickFormatter({ min_exponent: 3 });
  l.yaxis.formatter = new CustomJSTickFormatter({ code: "return tick + 'x'", args: { p } });
  l.xaxis.ticker = new LogTicker({ base: 2, mantissas: [1, 5] });
  l.xaxis.bounds = [1, 100];
  l.yaxis.visible = false;
  l.grid.visible = false;
  l.toolbar.logo = null;
  l.toolbar.autohide = true;
  l.x_range.start = 1;
  l.y_range.only_visible = true;
  const hour = 3600_000;
  const td = figure({ name: "td", x_axis_type: "timedelta", width: 200, height: 200 });
  td.line({ x: [hour, 2 * hour], y: [1, 2] });
  const c = figure({
    name: "c",
    x_range: ["a", "b"],
    y_range: new FactorRange({ factors: [["x", "1"], ["x", "2"], ["y", "1"]] }),
    width: 300,
    height: 200,
  });
  c.rect({ x: ["a", "b"], y: [["x", "1"], ["y", "1"]], width: 1, height: 1 });
  (c.xaxis[0] as CategoricalAxis).group_label_orientation = 1.2;
  (c.yaxis[0] as CategoricalAxis).separator_line_color = "red";
  c.x_range.range_padding = 0.1;
  c.xaxis.axis_line_width = 3;
  const fmt = new Div({
    tags: [
      new BasicTickFormatter({ precision: 3, use_scientific: false }),
      new CategoricalTickFormatter(),
      new MercatorTickFormatter({ dimension: "lon" }),
      new AdaptiveTicker({ base: 2, mantissas: [1], min_interval: 1 }),
      new BasicTicker({ desired_num_ticks: 3 }),
      new BinnedTicker({ mapper: new EqHistColorMapper({ palette: Viridis256 }) }),
      new CategoricalTicker(),
      new CompositeTicker({ tickers: [new BasicTicker()] }),
      new CustomJSTicker(),
      new DatetimeTicker(),
      new MonthsTicker({ months: [0, 6] }),
      new YearsTicker(),
      new SingleIntervalTicker({ interval: 2 }),
      new TimedeltaTicker(),
      new TimedeltaTickFormatter({ days: "%d" }),
      new EqHistColorMapper({ palette: Viridis256 }),
    ],
  });
  doc.add_root(column([p, d, m, l, td, c, fmt]));
}
