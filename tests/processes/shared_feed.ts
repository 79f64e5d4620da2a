/** An application in which each move of a slider appends a row to columns that all sessions share. */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { sharedSource, sharedValue } from "@bokeh/server/shared";

const moves = sharedSource("moves", { pid: [0], value: [0] });
const last = sharedValue("last", 0);

export default function (doc: Document): void {
  const plot = figure();
  plot.scatter({ x: "pid", y: "value", source: moves.source(doc) });
  const slider = new Slider({ start: 0, end: 1000, value: 0 });
  slider.on_change("value", (_attr, _old, value) => {
    moves.stream({ pid: [Deno.pid], value: [value] }, 100);
    last.set(value);
  });
  const shown = new Div({ name: "last", text: String(last.value) });
  last.onChange(doc, (value) => shown.text = String(value));
  for (const root of [plot, slider, shown, new Div({ name: "pid", text: String(Deno.pid) })]) doc.add_root(root);
}
