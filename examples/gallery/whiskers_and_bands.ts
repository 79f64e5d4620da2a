// Whiskers and bands: uncertainty of values as whiskers and as a band.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { Band, ColumnDataSource, TeeHead, Whisker } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Measurements with errors, and a line with a band around it. */
export default function (doc: Document): void {
  const classes = ["a", "b", "c", "d"];
  const measured = new ColumnDataSource({
    data: { classes, middle: [3, 5, 4, 6], lower: [2, 4.5, 2.5, 5], upper: [4, 6, 5, 8] },
  });
  const errors = figure({ title: "whiskers", width: 300, height: 300, x_range: classes, y_range: [0, 9], tools: "" });
  errors.scatter("classes", "middle", { source: measured, size: 10, color: "navy" });
  const whisker = new Whisker({ base: "classes", lower: "lower", upper: "upper", source: measured, line_width: 2 });
  whisker.upper_head = new TeeHead({ size: 20 });
  whisker.lower_head = new TeeHead({ size: 20 });
  errors.add_layout(whisker);

  const x = Array.from({ length: 50 }, (_, i) => i);
  const y = x.map((i) => i / 5 + ((i * 37) % 11) / 5);
  const source = new ColumnDataSource({ data: { x, y, lower: y.map((v) => v - 1.5), upper: y.map((v) => v + 1.5) } });
  const line = figure({ title: "band", width: 320, height: 300, tools: "pan,reset" });
  line.scatter("x", "y", { source, line_color: "black", fill_alpha: 0.3, size: 5 });
  line.add_layout(
    new Band({
      base: "x",
      lower: "lower",
      upper: "upper",
      source,
      fill_alpha: 0.3,
      fill_color: "yellow",
      line_color: "blue",
    }),
  );
  doc.add_root(row(errors, line));
  doc.title = "Whiskers and bands";
}
