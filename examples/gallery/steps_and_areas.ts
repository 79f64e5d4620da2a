// Steps and areas: step lines, and areas between two curves.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { figure } from "@bokeh/server/plotting";

/** The three step modes, and areas in both directions. */
export default function (doc: Document): void {
  const x = [0, 1, 2, 3, 4, 5];
  const y = [1, 3, 2, 4, 2, 3];
  const steps = figure({ title: "steps", width: 300, height: 300 });
  steps.step(x, y, { mode: "before", color: "navy", legend_label: "before" });
  steps.step(x, y.map((v) => v + 2), { mode: "after", color: "firebrick", legend_label: "after" });
  steps.step(x, y.map((v) => v + 4), { mode: "center", color: "green", legend_label: "center" });
  steps.legend.orientation = "horizontal";
  steps.legend.label_text_font_size = "10px";
  const areas = figure({ title: "areas", width: 300, height: 300 });
  areas.varea({ x, y1: y.map((v) => v - 1), y2: y.map((v) => v + 1), fill_alpha: 0.4 });
  areas.varea_step({ x, y1: y.map((v) => v + 3), y2: y.map((v) => v + 4), step_mode: "after", fill_color: "olive" });
  areas.harea({ x1: [6, 7, 6], x2: [8, 9, 8], y: [0, 4, 8], fill_color: "orange", hatch_pattern: "/" });
  doc.add_root(row(steps, areas));
  doc.title = "Steps and areas";
}
