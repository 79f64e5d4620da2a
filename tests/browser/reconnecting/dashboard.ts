/** A dashboard with state that a page could lose on reconnecting: zoom, selection, tab, tool, focus, unfinished text. */

import type { Document } from "../../../document/document.ts";
import { Button, ColumnDataSource, Div, Slider, TabPanel, Tabs, TextInput } from "../../../models/mod.ts";
import { column } from "../../../plotting/layouts/mod.ts";
import { figure } from "../../../plotting/mod.ts";

export default function (doc: Document): void {
  const x = Float64Array.from({ length: 50 }, (_, i) => i / 5);
  const source = new ColumnDataSource({ data: { x, y: x.map(Math.sin) }, name: "source" });
  const plot = figure({ width: 400, height: 220, tools: "pan,wheel_zoom,box_select", name: "plot" });
  plot.scatter({ x: "x", y: "y", source, size: 8 });
  const slider = new Slider({ start: 0, end: 10, value: 1, step: 1, title: "frequency", name: "slider" });
  const answer = new Div({ text: "frequency 1", name: "answer" });
  slider.on_change("value", (_attr, _old, value) => {
    source.data = { x, y: x.map((v) => Math.sin(v * value)) };
    answer.text = `frequency ${value}`;
  });
  const button = new Button({ label: "Add", name: "button" });
  button.on_click(() => doc.add_root(new Div({ text: `added ${doc.roots.length}` })));
  const name = new TextInput({ title: "Name", name: "name" });
  doc.add_root(
    new Tabs({
      name: "tabs",
      tabs: [
        new TabPanel({ title: "Plot", child: column(plot, slider, answer) }),
        new TabPanel({ title: "Form", child: column(name, button) }),
      ],
    }),
  );
}
