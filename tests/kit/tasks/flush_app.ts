/** An application whose callback sends what it has changed, and then blocks the server. */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";

const BLOCKS_MILLISECONDS = 500;

export default function (doc: Document): void {
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 0 });
  const label = new Div({ name: "label", text: "Ready" });
  slider.on_change("value", async (_attr, _old, value) => {
    if (value === 5) return;
    label.text = `Computing ${value}`;
    slider.end = 20; // the client that moved the slider receives it with the first part
    await doc.flush();
    const end = performance.now() + BLOCKS_MILLISECONDS;
    while (performance.now() < end);
    label.text = `Computed ${value}`;
    slider.value = 5; // every client has another value
  });
  for (const root of [slider, label]) doc.add_root(root);
}
