// Colored circles: circles with radii in data units and a color for each.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

/** A swarm of circles. */
export default function (doc: Document): void {
  const n = 300;
  const x = Float64Array.from({ length: n }, (_, i) => (i * 37) % 101);
  const y = Float64Array.from({ length: n }, (_, i) => (i * 53) % 97);
  const radius = Float64Array.from({ length: n }, (_, i) => 0.5 + ((i * 29) % 31) / 12);
  const colors = Array.from(x, (v, i) => `rgb(${Math.floor(50 + 2 * v)}, ${Math.floor(30 + 2 * y[i]!)}, 150)`);
  const plot = figure({
    title: "circles",
    width: 600,
    height: 400,
    tools: "crosshair,pan,wheel_zoom,lasso_select,reset",
  });
  plot.circle({ x, y, radius, fill_color: colors, fill_alpha: 0.6, line_color: null });
  doc.add_root(plot);
  doc.title = "Colored circles";
}
