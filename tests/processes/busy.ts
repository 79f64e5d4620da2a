/** An application that blocks its process on request, and says which process that is. */

import type { Document } from "@bokeh/server";
import { Slider } from "@bokeh/server/models";

export default function (doc: Document): void {
  doc.title = String(Deno.pid);
  const slider = new Slider({ name: "seconds", start: 0, end: 60, value: 0 });
  slider.on_change("value", () => {
    const end = performance.now() + slider.value * 1000;
    while (performance.now() < end);
  });
  doc.add_root(slider);
}
