// Annotations: labels, arrows, spans, boxes, slopes, polygons and titles that explain a plot.
import type { Document } from "@bokeh/server";
import { Arrow, BoxAnnotation, Label, LabelSet, NormalHead, OpenHead, PolyAnnotation } from "@bokeh/server/models";
import { ColumnDataSource, Slope, Span, Title, VeeHead } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** One plot with an annotation of each type. */
export default function (doc: Document): void {
  const plot = figure({ title: "annotations", width: 600, height: 400, x_range: [0, 10], y_range: [0, 10] });
  const source = new ColumnDataSource({ data: { x: [1, 5, 8], y: [2, 6, 3], name: ["one", "two", "three"] } });
  plot.scatter("x", "y", { source, size: 10 });
  plot.add_layout(new LabelSet({ x: "x", y: "y", text: "name", x_offset: 8, y_offset: 4, source }));
  plot.add_layout(new Label({ x: 6, y: 9, text: "label", border_line_color: "black", background_fill_color: "white" }));
  plot.add_layout(new Span({ location: 4, dimension: "width", line_color: "red", line_dash: "dashed", line_width: 2 }));
  plot.add_layout(new BoxAnnotation({ left: 2, right: 3, fill_alpha: 0.2, fill_color: "green" }));
  plot.add_layout(new BoxAnnotation({ bottom: 8, fill_alpha: 0.1, fill_color: "purple" }));
  plot.add_layout(new Slope({ gradient: 1, y_intercept: -1, line_color: "orange", line_width: 3 }));
  plot.add_layout(new PolyAnnotation({ xs: [6, 9, 9, 7], ys: [5, 5, 7, 7], fill_color: "skyblue", fill_alpha: 0.5 }));
  plot.add_layout(
    new Arrow({ x_start: 1, y_start: 2, x_end: 5, y_end: 6, end: new OpenHead({ line_color: "firebrick" }) }),
  );
  plot.add_layout(
    new Arrow({ x_start: 5, y_start: 6, x_end: 8, y_end: 3, end: new NormalHead({ fill_color: "orange" }) }),
  );
  plot.add_layout(
    new Arrow({ x_start: 8, y_start: 3, x_end: 1, y_end: 2, end: new VeeHead({ size: 20 }), line_color: "blue" }),
  );
  plot.add_layout(new Title({ text: "a title on the left", align: "center" }), "left");
  plot.add_layout(new Title({ text: "a title below", text_font_style: "italic" }), "below");
  doc.add_root(plot);
  doc.title = "Annotations";
}
