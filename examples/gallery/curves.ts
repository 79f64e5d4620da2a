// Curves: segments, rays, arcs, Bézier curves, quadratic curves, and several lines at once.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

/** Several curves of each type. */
export default function (doc: Document): void {
  const k = [0, 1, 2, 3, 4];
  const plot = figure({ title: "curves", width: 600, height: 350, x_range: [0, 12], y_range: [0, 6] });
  plot.segment({
    x0: k.map(() => 1),
    y0: k.map(() => 1),
    x1: k.map((i) => i),
    y1: k.map((i) => 5 - i / 4),
    color: "navy",
  });
  plot.ray({
    x: 6,
    y: 1,
    length: k.map((i) => 30 + 10 * i),
    length_units: "screen",
    angle: k.map((i) => i / 3),
    color: "olive",
  });
  plot.arc({
    x: 9,
    y: 1.2,
    radius: k.map((i) => 0.2 + i / 5),
    start_angle: 0,
    end_angle: k.map((i) => 1 + i),
    color: "tomato",
  });
  plot.bezier({ x0: 5, y0: 5, x1: 8, y1: k.map((i) => 3 + i / 3), cx0: 6, cy0: 3, cx1: 6, cy1: 6, color: "purple" });
  plot.quadratic({ x0: 8, y0: 3, x1: 11, y1: k.map((i) => 3 + i / 2), cx: 10, cy: 5, color: "teal", line_width: 2 });
  plot.multi_line([[0.5, 1.5, 2.5], [1, 2, 3]], [[0.2, 0.8, 0.2], [0.6, 0.1, 0.6]], {
    color: ["red", "gray"],
    line_width: [3, 1],
  });
  plot.ellipse({ x: [4.5], y: [2], width: 1, height: 0.5, angle: 0.7, fill_color: "gold" });
  plot.annulus({ x: [11], y: [1], inner_radius: 0.2, outer_radius: 0.4, color: "green", alpha: 0.5 });
  doc.add_root(plot);
  doc.title = "Curves";
}
