// A button that counts clicks: a widget after AnyWidget's contract.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { defineModel, Div, LayoutDOM } from "@bokeh/server/models";

const Counter = defineModel({
  name: "Counter",
  base: LayoutDOM,
  properties: ({ Int }) => ({ value: [Int, 0] }),
  view: new URL("./counter_view.ts", import.meta.url),
  css: "button { font-size: 2em; border-radius: 8px; }",
});

export default function (doc: Document): void {
  const counter = new Counter();
  const text = new Div({ text: "There was no click yet." });
  counter.on_change("value", (_attr, _old, value) => text.text = `The server counted ${value}.`);
  doc.add_root(column([counter, text]));
  doc.title = "Counter";
}
