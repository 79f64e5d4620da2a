// The application that tests of attacks use: models that patches can change, and callbacks that fail, hang, block or flood.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Div, Slider, TextInput } from "@bokeh/server/models";

export default function (doc: Document): void {
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 1 });
  const out = new Div({ name: "out", text: "" });
  const action = new TextInput({ name: "action" });
  const source: ColumnDataSource = new ColumnDataSource({
    name: "source",
    data: { x: [1, 2, 3], t: ["a", "b", "c"], n: Float64Array.of(1, 2, 3), w: [[1, 2], [3, 4], [5, 6]] },
  });
  slider.on_change("value", () => void (out.text = String(slider.value)));

  const actions: Record<string, () => unknown> = {
    throw: () => {
      out.text = "before the throw";
      throw new Error("Cannot tell: a secret of the application");
    },
    hang: () => new Promise(() => {}),
    block: () => {
      const end = performance.now() + 1500;
      while (performance.now() < end);
    },
    tick: () => {
      let ticks = 0;
      doc.add_periodic_callback(() => void (out.text = String(ticks++)), 50);
    },
    flood: () => {
      doc.add_periodic_callback(() => void (source.data = { x: new Float64Array(20_000).fill(Math.random()) }), 5);
    },
  };
  action.on_change("value", (_attr, _old, value) => Object.hasOwn(actions, String(value)) && actions[String(value)]!());

  doc.add_root(column([slider, out, action], { tags: [source] }));
  doc.title = "Attacked";
}
