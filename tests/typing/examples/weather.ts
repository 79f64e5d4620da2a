import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Select } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `weather`. */
export default function (doc: Document): void {
  const cities: Record<string, { airport: string; title: string }> = {
    Austin: { airport: "AUS", title: "Austin, TX" },
    Boston: { airport: "BOS", title: "Boston, MA" },
  };
  const city = new Select({ value: "Austin", title: "City", options: Object.keys(cities).sort() });
  const distribution = new Select({ value: "Discrete", title: "Distribution", options: ["Discrete", "Smoothed"] });
  const day = (n: number) => new Date(Date.UTC(2015, 0, n));
  const data = () => ({ left: [day(1), day(2)], right: [day(2), day(3)], top: [9, 8], bottom: [1, 2] });
  const source = new ColumnDataSource({ data: data() });
  const plot = figure({ x_axis_type: "datetime", width: 800, tools: "", toolbar_location: null });
  plot.title.text = "t";
  const quads = plot.quad({
    top: "top",
    bottom: "bottom",
    left: "left",
    right: "right",
    source,
    color: "#abc",
    legend_label: "Record",
  });
  plot.xaxis.axis_label = null;
  plot.yaxis.axis_label = "Temperature (F)";
  plot.axis.axis_label_text_font_style = "bold";
  plot.x_range.range_padding = 0.0;
  plot.grid.grid_line_alpha = 0.3;
  plot.legend.orientation = "horizontal";
  function updatePlot() {
    plot.title.text = `Weather data for ${cities[city.value]?.title ?? "?"}`;
    source.data = { ...source.data, ...data() };
    quads.data_source.data = data();
  }
  city.on_change("value", updatePlot);
  distribution.on_change("value", updatePlot);
  doc.add_root(row(plot, column(city, distribution)));
}
