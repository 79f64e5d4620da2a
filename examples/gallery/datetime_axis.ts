// Datetime axis: prices over three months, with one of the months highlighted.
import type { Document } from "@bokeh/server";
import { BoxAnnotation, ColumnDataSource, DatetimeTickFormatter } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A day in milliseconds, the unit of dates in columns. */
const DAY = 24 * 3600 * 1000;

/** A line over dates, with formatted ticks. */
export default function (doc: Document): void {
  const start = Date.UTC(2024, 0, 1);
  const date = Array.from({ length: 90 }, (_, i) => new Date(start + i * DAY));
  const price = date.map((_, i) => 100 + (i * i) / 300 + ((i * 37) % 23) / 2);
  const source = new ColumnDataSource({ data: { date, price } });
  const plot = figure({ x_axis_type: "datetime", width: 600, height: 300, title: "prices", y_axis_label: "dollars" });
  plot.line("date", "price", { source, color: "navy" });
  plot.scatter("date", "price", { source, size: 3, color: "navy", alpha: 0.5 });
  plot.add_layout(
    new BoxAnnotation({ left: start + 29 * DAY, right: start + 59 * DAY, fill_color: "orange", fill_alpha: 0.2 }),
  );
  plot.xaxis[0]!.formatter = new DatetimeTickFormatter({ days: "%d %b", months: "%B" });
  plot.xaxis.major_label_orientation = Math.PI / 4;
  doc.add_root(plot);
  doc.title = "Datetime axis";
}
