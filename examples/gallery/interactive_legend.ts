// Interactive legend: a click on a legend item mutes or hides a line.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { Legend } from "@bokeh/server/models";
import { Spectral4 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** The same four lines in two plots, one with each click policy. */
export default function (doc: Document): void {
  const x = Array.from({ length: 30 }, (_, i) => i);
  const muting = figure({ title: "click to mute", width: 320, height: 300 });
  const hiding = figure({ title: "click to hide", width: 380, height: 300 });
  hiding.add_layout(new Legend(), "right");
  Spectral4.forEach((color, k) => {
    const y = x.map((i) => (k + 1) * i + ((i * 37) % 11));
    const options = { line_width: 2, color, alpha: 0.8, legend_label: `line ${k + 1}` };
    muting.line(x, y, { ...options, muted_color: color, muted_alpha: 0.2 });
    hiding.line(x, y, options);
  });
  muting.legend.location = "top_left";
  muting.legend.click_policy = "mute";
  hiding.legend.click_policy = "hide";
  hiding.legend.title = "lines";
  doc.add_root(row(muting, hiding));
  doc.title = "Interactive legend";
}
