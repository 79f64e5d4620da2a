// What a person does on the page reaches the server: clicks on a button, taps on a plot, a selection.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, Div } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A plot to tap on, a button that clears it, and a line of text that tells what happened last. */
export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [], y: [] }, name: "taps" });
  const report = new Div({ text: "Tap on the plot", name: "report" });
  const clear = new Button({ label: "Clear", name: "clear" });

  const plot = figure({ title: "taps", width: 500, height: 400, x_range: [0, 10], y_range: [0, 10], tools: "tap" });
  plot.scatter({ x: "x", y: "y", source, size: 12 });

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
