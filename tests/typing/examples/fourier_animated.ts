import type { Document } from "@bokeh/server";
import { gridplot } from "@bokeh/server/layouts";
import { ColumnDataSource, Label } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `fourier_animated.py`. */
export default function (doc: Document): void {
  const palette = ["#08519c", "#3182bd", "#6baed6", "#bdd7e7"];
  const plots = ["square", "sawtooth"].map((name) => {
    const source = new ColumnDataSource({ data: { x: [0], y: [0], r: [1] } });
    const p = figure({ tools: "", x_range: [-2, 2], y_range: [-2, 2], title: null, width: 500, height: 250 });
    p.xgrid.bounds = [-2, 2];
    p.line({ x: "x", y: "y", source, color: palette[0], line_width: 2 });
    p.circle({ x: "x", y: "y", radius: "r", source, line_color: "#bdd7e7", fill_color: null, line_width: 2 });
    const label = new Label({ x: 1, y: 1, text: name });
    p.add_layout(label);
    return { p, source };
  });
  let angle = 0;
  doc.add_periodic_callback(() => {
    angle = (angle + 0.04) % (2 * Math.PI);
    for (const { source } of plots) {
      source.patch({ x: [[0, Math.cos(angle)]], y: [[0, Math.sin(angle)]] });
      source.data.r = [1 + angle];
    }
  }, 100);
  doc.add_root(gridplot([plots.map(({ p }) => p)]));
}
