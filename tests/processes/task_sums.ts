/** An application that computes in a task for each move of a slider, and keeps the results. */

import type { Document } from "@bokeh/server";
import { ColumnDataSource, Slider } from "@bokeh/server/models";
import { sum } from "../kit/tasks/sample_tasks.ts";

export default function (doc: Document): void {
  const results = new ColumnDataSource({ name: "results", data: { value: [0], total: [0] } });
  const slider = new Slider({ name: "slider", start: 0, end: 100_000, value: 0 });
  slider.on_change("value", async (_attr, _old, value) => {
    const total = await doc.task(sum, new Float64Array(1000).fill(value));
    results.stream({ value: [value], total: [total] });
  });
  doc.add_root(slider);
  doc.add_root(results);
}
