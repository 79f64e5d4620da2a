// Handles events of the page on the server: clicks on a button, and taps on a plot.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, Div } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/**
 * A plot that adds a point at each tap, a button that removes them, and a text with the last event.
 */
export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [], y: [] }, name: "taps" });
  const report = new Div({ text: "Tap on the plot", name: "report" });
  const clear = new Button({ label: "Clear", name: "clear" });

  const plot = figure({ title: "taps", width: 500, height: 400, x_range: [0, 10], y_range: [0, 10], tools: "tap" });
  plot.scatter({ x: "x", y: "y", source, size: 12 });

  // The callback runs on the server. `stream` sends only the new point.
  plot.on_event("tap", ({ x, y }: { x: number; y: number }) => {
    source.stream({ x: [x], y: [y] });
    report.text = `Tapped at ${x.toFixed(2)}, ${y.toFixed(2)}`;
  });
  clear.on_click(() => {
    source.data = { x: [], y: [] };
    report.text = "Cleared";
  });

  doc.add_root(column([clear, report, plot]));
  doc.title = "Events";
}
