// Box plot: quartiles, whiskers and outliers of three groups.
import type { Document } from "@bokeh/server";
import { ColumnDataSource, Whisker } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

/** Each box consists of two bars, and the whiskers are an annotation. */
export default function (doc: Document): void {
  const kinds = ["compact", "midsize", "truck"];
  const source = new ColumnDataSource({
    data: { kinds, q1: [24, 23, 15], q2: [27, 27, 17], q3: [30, 29, 19], lower: [18, 17, 10], upper: [37, 34, 25] },
  });
  const plot = figure({
    x_range: kinds,
    width: 600,
    height: 350,
    title: "mileage by kind",
    toolbar_location: null,
    tools: "",
    background_fill_color: "#eaefef",
    y_axis_label: "miles per gallon",
  });
  plot.add_layout(new Whisker({ base: "kinds", upper: "upper", lower: "lower", source, line_color: "gray" }));
  const color = factor_cmap("kinds", "TolRainbow7", kinds);
  plot.vbar("kinds", 0.7, "q2", "q3", { source, color, line_color: "black" });
  plot.vbar("kinds", 0.7, "q1", "q2", { source, color, line_color: "black" });
  plot.scatter({ x: ["compact", "compact", "truck"], y: [41, 44, 8], size: 6, color: "black", alpha: 0.3 });
  plot.xgrid.grid_line_color = null;
  plot.axis.major_label_text_font_size = "14px";
  plot.axis.axis_label_text_font_size = "12px";
  doc.add_root(plot);
  doc.title = "Box plot";
}
