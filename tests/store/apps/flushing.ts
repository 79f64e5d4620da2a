/**
 * An application whose callbacks send changes early, and then kill the process. The value 1 of the
 * slider does so in the callback of the change, the value 2 in a callback of the server's own, and
 * the value 3 after so many changes that the store replaces the entries by a snapshot.
 */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";

export default function (doc: Document): void {
  const slider = new Slider({ name: "slider", start: 0, end: 10, value: 0 });
  const label = new Div({ name: "label", text: "ready" });
  const work = async (parts: readonly string[]) => {
    for (const part of parts) {
      label.text = part;
      label.width = part.length;
      await doc.flush();
    }
    label.text = "lost";
    Deno.kill(Deno.pid, "SIGKILL");
  };
  slider.on_change("value", async (_attr, _old, value) => {
    if (value === 1) await work(["first", "second"]);
    if (value === 2) doc.add_next_tick_callback(() => work(["first", "second"]));
    if (value === 3) await work(Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(4000, ".")));
  });
  for (const root of [slider, label]) doc.add_root(root);
}
