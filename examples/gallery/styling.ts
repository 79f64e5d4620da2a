// Styling: styles for every part of a plot, and custom ticks and tick formats.
import type { Document } from "@bokeh/server";
import { CustomJSTickFormatter, FixedTicker, NumeralTickFormatter } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** One plot with many styles. */
export default function (doc: Document): void {
  const x = [0, 1, 2, 3, 4, 5];
  const plot = figure({ width: 600, height: 350, title: "styles", outline_line_width: 3, outline_line_color: "teal" });
  plot.line(x, x.map((v) => v * v / 25), { line_width: 6, line_cap: "round", line_join: "round", line_dash: [12, 8] });
  plot.title.text_color = "olive";
  plot.title.text_font = "serif";
  plot.title.text_font_style = "italic";
  plot.title.align = "right";
  plot.background_fill_color = "beige";
  plot.background_fill_alpha = 0.5;
  plot.border_fill_color = "whitesmoke";
  plot.min_border_left = 60;
  plot.xgrid.band_hatch_pattern = "/";
  plot.xgrid.band_hatch_alpha = 0.3;
  plot.xgrid.band_hatch_color = "lightgrey";
  plot.ygrid.band_fill_alpha = 0.1;
  plot.ygrid.band_fill_color = "navy";
  plot.xaxis.ticker = new FixedTicker({ ticks: [0, 2, 5], minor_ticks: [1, 3, 4] });
  plot.xaxis.formatter = new CustomJSTickFormatter({ code: "return `no. ${tick}`" });
  plot.xaxis.major_tick_line_width = 3;
  plot.xaxis.minor_tick_line_color = "orange";
  plot.yaxis.formatter = new NumeralTickFormatter({ format: "0 %" });
  plot.yaxis.major_label_text_color = "firebrick";
  plot.yaxis.major_label_text_font_style = "bold";
  plot.yaxis.axis_line_width = 4;
  plot.yaxis.axis_line_color = "#aa6666";
  plot.yaxis.bounds = [0.2, 0.8];
  plot.toolbar.autohide = true;
  plot.toolbar.logo = null;
  doc.add_root(plot);
  doc.title = "Styling";
}
