// Event callbacks: the server handles taps, selections and other events of a plot.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { DoubleTap, PanEnd, Reset, SelectionGeometry, Tap } from "@bokeh/server/events";
import { Button, ColumnDataSource, PreText } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A plot that logs its events, and adds a point at each tap. */
export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [2, 5], y: [3, 6] } });
  const plot = figure({
    width: 500,
    height: 300,
    title: "tap here",
    tools: "pan,tap,box_select,reset",
    x_range: [0, 10],
    y_range: [0, 10],
  });
  plot.scatter("x", "y", { source, size: 14, color: "tomato" });
  const log = new PreText({ text: "nothing yet" });
  // The browser sends an event, the server changes the document, and the browser shows the change.
  plot.on_event(Tap, (event) => source.stream({ x: [event.x], y: [event.y] }));
  plot.on_event(DoubleTap, () => source.data = { x: [], y: [] });
  for (const event of [PanEnd, Reset, SelectionGeometry]) {
    plot.on_event(event, () => log.text = event.event_name);
  }
  const button = new Button({ label: "a button", name: "go", button_type: "primary" });
  button.on_click((event) => log.text = `${event.event_name} of ${event.model?.type}`);
  doc.add_root(column(button, plot, log));
  doc.title = "Event callbacks";
}
