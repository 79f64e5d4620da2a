// One number that changes once a second: the time at which it was set, in milliseconds since 1970.
import type { Document } from "@bokeh/server";
import { NumericInput } from "@bokeh/server/models";

/** Fills a document with a clock. */
export default function (doc: Document): void {
  const clock = new NumericInput({ value: 0, mode: "float", name: "clock" });
  doc.add_periodic_callback(() => clock.value = performance.timeOrigin + performance.now(), 1000);
  doc.add_root(clock);
  doc.title = "Ticker";
}
