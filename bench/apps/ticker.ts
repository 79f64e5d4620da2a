// A number input that is set to the time in milliseconds since 1970, once a second.
import type { Document } from "@bokeh/server";
import { NumericInput } from "@bokeh/server/models";

/** Adds the input to a document. */
export default function (doc: Document): void {
  const clock = new NumericInput({ value: 0, mode: "float", name: "clock" });
  doc.add_periodic_callback(() => clock.value = performance.timeOrigin + performance.now(), 1000);
  doc.add_root(clock);
  doc.title = "Ticker";
}
