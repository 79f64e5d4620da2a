// Contours: lines of equal value, the areas between them, and a color bar.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

const N = 40;

/** Contours of a function of two variables. */
export default function (doc: Document): void {
  const at = Array.from({ length: N }, (_, i) => -2 + (4 * i) / (N - 1));
  const z = at.map((y) => at.map((x) => x * x - y * y * y / 2 + x * y));
  const levels = [-6.1, -4.1, -2.1, 0.1, 2.1, 4.1, 6.1, 8.1, 9.9];
  const plot = figure({ title: "contours", width: 500, height: 400, x_range: [-2, 2], y_range: [-2, 2] });
  const contours = plot.contour({
    x: at,
    y: at,
    z,
    levels,
    fill_color: ["#0d0887", "#4c02a1", "#7e03a8", "#aa2395", "#cc4778", "#e66c5c", "#f89540", "#fdc527"],
    line_color: "black",
    line_width: 2,
  });
  plot.add_layout(contours.construct_color_bar({ title: "value" }), "right");
  doc.add_root(plot);
  doc.title = "Contours";
}
