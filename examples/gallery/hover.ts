// Hover: tooltips with formats, with HTML, and along lines.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { ColumnDataSource, CrosshairTool, HoverTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A day in milliseconds, the unit of dates in columns. */
const DAY = 24 * 3600 * 1000;

/** A line with dates in its tooltips, and points whose tooltips show their colors. */
export default function (doc: Document): void {
  const k = Array.from({ length: 40 }, (_, i) => i);
  const prices = new ColumnDataSource({
    data: {
      date: k.map((i) => Date.UTC(2024, 0, 1) + i * DAY),
      price: k.map((i) => 50 + (i * 37) % 23),
      volume: k.map((i) => 1e6 * (1 + i)),
    },
  });
  const line = figure({ title: "formats", width: 320, height: 300, x_axis_type: "datetime", tools: "" });
  line.line("date", "price", { source: prices, line_width: 2, hover_line_color: "red" });
  line.add_tools(
    new HoverTool({
      tooltips: [["date", "@date{%F}"], ["price", "$@{price}{0.00}"], ["volume", "@volume{0.00 a}"]],
      formatters: { "@date": "datetime", "@{price}": "numeral" },
      mode: "vline",
    }),
    new CrosshairTool({ line_alpha: 0.4 }),
  );
  const colors = ["tomato", "teal", "gold", "navy"];
  const points = new ColumnDataSource({ data: { x: [1, 2, 3, 4], y: [2, 5, 8, 4], color: colors } });
  const html = `<div><b style="color: @color">@color</b> at (@x, @y)</div>`;
  const picture = figure({ title: "HTML", width: 320, height: 300, tools: "hover", tooltips: html });
  picture.scatter("x", "y", { source: points, size: 20, color: "color", hover_line_color: "black" });
  doc.add_root(row(line, picture));
  doc.title = "Hover";
}
