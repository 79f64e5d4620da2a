/**
 * A dashboard that counts the changes of its slider, in the document and in the application's own
 * values.
 */

import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, Div, Slider, TextInput } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

export default function (doc: Document): void {
  const x = Float64Array.from({ length: 50 }, (_, i) => i / 5);
  const source = new ColumnDataSource({ data: { x, y: x.map(Math.sin) }, name: "source" });
  const plot = figure({ width: 400, height: 220, tools: "pan,wheel_zoom", name: "plot" });
  plot.line({ x: "x", y: "y", source });
  const slider = new Slider({ start: 0, end: 1_000_000, value: 1, step: 1, title: "frequency", name: "slider" });
  const answer = new Div({ text: "frequency 1, change 0", name: "answer" });
  const state = doc.session_state({ changes: 0 });
  slider.on_change("value", (_attr, _old, value) => {
    answer.text = `frequency ${value}, change ${++state.changes}`;
    source.data = { x, y: x.map((v) => Math.sin(v * value)) };
  });
  const added = new Button({ label: "Add", name: "add" });
  added.on_click(() => doc.add_root(new Div({ text: `added ${doc.roots.length}` })));
  doc.add_root(column(plot, slider, answer, new TextInput({ title: "Name", name: "name" }), added));
  doc.title = "Dashboard";
}
