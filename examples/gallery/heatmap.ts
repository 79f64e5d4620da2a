// Heat map: a number for each pair of categories, mapped to a color.
import type { Document } from "@bokeh/server";
import { BasicTicker, PrintfTickFormatter } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { linear_cmap } from "@bokeh/server/transform";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const COLORS = ["#75968f", "#a5bab7", "#c9d9d3", "#e2e2e2", "#dfccce", "#ddb7b1", "#cc7878", "#933b41", "#550b1d"];

/** Rates by year and month. */
export default function (doc: Document): void {
  const years = Array.from({ length: 20 }, (_, i) => String(2000 + i));
  const cells = years.flatMap((year, i) => MONTHS.map((month, k) => ({ year, month, rate: (i * 37 + k * 53) % 14 })));
  const plot = figure({
    title: "rate",
    width: 600,
    height: 350,
    x_range: years,
    y_range: MONTHS.toReversed(),
    x_axis_location: "above",
    toolbar_location: "below",
    tooltips: [["date", "@month @year"], ["rate", "@rate%"]],
  });
  const rects = plot.rect({
    x: "year",
    y: "month",
    width: 1,
    height: 1,
    source: { year: cells.map((c) => c.year), month: cells.map((c) => c.month), rate: cells.map((c) => c.rate) },
    fill_color: linear_cmap("rate", COLORS, 0, 13),
    line_color: null,
  });
  plot.grid.grid_line_color = null;
  plot.axis.axis_line_color = null;
  plot.axis.major_tick_line_color = null;
  plot.axis.major_label_text_font_size = "9px";
  plot.axis.major_label_standoff = 0;
  plot.xaxis.major_label_orientation = 1.0;
  const bar = rects.construct_color_bar({
    major_label_text_font_size: "9px",
    ticker: new BasicTicker({ desired_num_ticks: COLORS.length }),
    formatter: new PrintfTickFormatter({ format: "%d%%" }),
    label_standoff: 6,
    border_line_color: null,
    padding: 5,
  });
  plot.add_layout(bar, "right");
  doc.add_root(plot);
  doc.title = "Heat map";
}
