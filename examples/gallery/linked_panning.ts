// Linked panning: plots that share ranges pan together.
import type { Document } from "@bokeh/server";
import { gridplot } from "@bokeh/server/layouts";
import { figure } from "@bokeh/server/plotting";

/** Three plots. The second shares both ranges of the first, and the third shares one. */
export default function (doc: Document): void {
  const x = Array.from({ length: 11 }, (_, i) => i);
  const first = figure({ title: "first" });
  first.scatter(x, x, { size: 12, color: "navy", alpha: 0.5 });
  // Plots with the same range model show the same range.
  const second = figure({ title: "both", x_range: first.x_range, y_range: first.y_range });
  second.scatter(x, x.map((v) => 10 - v), { size: 12, color: "firebrick", alpha: 0.5, marker: "triangle" });
  const third = figure({ title: "x only", x_range: first.x_range });
  third.scatter(x, x.map((v) => Math.abs(v - 5)), { size: 12, color: "olive", alpha: 0.5, marker: "square" });
  doc.add_root(gridplot([[first, second, third]], { width: 230, height: 250, toolbar_location: "right" }));
  doc.title = "Linked panning";
}
