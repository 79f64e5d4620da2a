// Dashboard: plots and a table in a page with a template and a style sheet of its own.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, DataTable, NumberFormatter, Range1d, RangeTool, TableColumn } from "@bokeh/server/models";
import { Spectral11 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { cumsum } from "@bokeh/server/transform";
import { SeededRandom } from "../../data/seeded_random.ts";

/** A day in milliseconds, the unit of dates in columns. */
const DAY = 24 * 3600 * 1000;
const BACKGROUND = { background_fill_color: "#f5f5f5" };

/** Invented figures of a web site. The template places the roots by their names. */
export default function (doc: Document): void {
  for (const root of [traffic(), regions(), platforms(), details()]) doc.add_root(root);
  doc.title = "Dashboard";
  doc.template_variables["stats"] = [
    { label: "Users", value: 11200, change: 4 },
    { label: "New users", value: 350, change: 1.2 },
    { label: "Minutes", value: 5.6, change: -2.3 },
    { label: "Sessions", value: 27300, change: 0.5 },
    { label: "Sales", value: 8700, change: -0.2 },
  ];
}

function traffic() {
  const random = new SeededRandom(11);
  const start = Date.UTC(2023, 0, 1);
  let level = 100;
  const date = Array.from({ length: 730 }, (_, i) => start + i * DAY);
  const visits = date.map(() => level *= Math.exp(random.normal(0.001, 0.02)));
  const source = new ColumnDataSource({ data: { date, visits } });
  const options = {
    ...BACKGROUND,
    x_axis_type: "datetime",
    sizing_mode: "stretch_width",
    toolbar_location: null,
  } as const;
  const x_range = new Range1d({ start: start + 300 * DAY, end: start + 500 * DAY });
  const detail = figure({ ...options, height: 140, tools: "", x_range, y_axis_label: "visits" });
  detail.line("date", "visits", { source, line_width: 2, alpha: 0.7 });
  const overview = figure({ ...options, height: 80, tools: "", y_range: detail.y_range, y_axis_type: null });
  overview.line("date", "visits", { source });
  const tool = new RangeTool({ x_range });
  tool.overlay.fill_color = "navy";
  tool.overlay.fill_alpha = 0.2;
  overview.add_tools(tool);
  for (const plot of [detail, overview]) plot.grid.grid_line_color = "white";
  return column([detail, overview], { sizing_mode: "stretch_width", name: "traffic" });
}

function regions() {
  const sales = { "United States": 157, "United Kingdom": 93, Japan: 89, China: 63, Germany: 44, India: 42, Italy: 40 };
  const value = Object.values(sales);
  const total = value.reduce((sum, n) => sum + n, 0);
  const angle = value.map((n) => (n / total) * 2 * Math.PI);
  const country = Object.keys(sales);
  const source = new ColumnDataSource({ data: { country, value, angle, color: Spectral11.slice(0, value.length) } });
  const plot = figure({
    height: 200,
    x_range: [-0.4, 1.4],
    toolbar_location: null,
    outline_line_color: null,
    name: "regions",
    sizing_mode: "stretch_width",
    tools: "hover",
    tooltips: [["country", "@country"], ["value", "@value"]],
  });
  plot.annular_wedge({
    x: 0,
    y: 1,
    inner_radius: 0.2,
    outer_radius: 0.32,
    source,
    legend_group: "country",
    start_angle: cumsum("angle", { include_zero: true }),
    end_angle: cumsum("angle"),
    line_color: "white",
    fill_color: "color",
  });
  plot.axis.visible = false;
  plot.grid.grid_line_color = null;
  plot.legend.label_text_font_size = "0.7em";
  plot.legend.spacing = 1;
  plot.legend.glyph_height = 15;
  plot.legend.label_height = 15;
  return plot;
}

function platforms() {
  const y = ["iOS", "Android", "macOS", "Windows", "Other"];
  const plot = figure({
    height: 200,
    y_range: y.toReversed(),
    x_axis_location: "above",
    toolbar_location: null,
    sizing_mode: "stretch_width",
    outline_line_color: null,
    name: "platforms",
  });
  plot.hbar({ left: 0, right: [35, 22, 13, 26, 4], y, height: 0.8 });
  plot.x_range.start = 0;
  plot.ygrid.grid_line_color = null;
  plot.axis.minor_tick_line_color = null;
  return plot;
}

function details() {
  const source = ColumnDataSource.from_rows([
    { page: "/", visits: 5310, rating: 4.1 },
    { page: "/docs", visits: 3120, rating: 4.6 },
    { page: "/blog", visits: 1490, rating: 3.9 },
    { page: "/about", visits: 402, rating: 3.2 },
  ]);
  const columns = [
    new TableColumn({ field: "page", title: "Page" }),
    new TableColumn({ field: "visits", title: "Visits" }),
    new TableColumn({ field: "rating", title: "Rating", formatter: new NumberFormatter({ format: "0.0" }) }),
  ];
  return new DataTable({ source, columns, height: 200, sizing_mode: "stretch_width", name: "details" });
}
