/** An application that blocks its process on request and accepts uploads. Its title is the id of the process. */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";

export default function (doc: Document): void {
  doc.title = String(Deno.pid);
  const path = doc.session_context!.files.acceptUploads(async ({ stream }) => {
    for await (const _chunk of stream) {
      // The data is discarded.
    }
  }, { maxBytes: 1e9 });
  const slider = new Slider({ name: "seconds", start: 0, end: 60, value: 0 });
  slider.on_change("value", () => {
    const end = performance.now() + slider.value * 1000;
    while (performance.now() < end);
  });
  doc.add_root(slider);
  doc.add_root(new Div({ name: "upload", text: path }));
}
