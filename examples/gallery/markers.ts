// Markers: all marker types.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

const MARKERS = [
  ...["asterisk", "circle", "circle_cross", "circle_dot", "circle_x", "circle_y", "cross", "dash", "diamond"] as const,
  ...["diamond_cross", "diamond_dot", "dot", "hex", "hex_dot", "inverted_triangle", "plus", "square"] as const,
  ...["square_cross", "square_dot", "square_pin", "square_x", "star", "star_dot", "triangle", "triangle_dot"] as const,
  ...["triangle_pin", "x", "y"] as const,
];

/** A table of all markers with their names. */
export default function (doc: Document): void {
  const plot = figure({ title: "markers", width: 600, height: 400, x_range: [-0.5, 6.5], y_range: [-0.6, 3.6] });
  plot.axis.visible = false;
  plot.grid.grid_line_color = null;
  MARKERS.forEach((marker, i) => {
    const [x, y] = [i % 7, 3 - Math.floor(i / 7)];
    plot.scatter([x], [y], { marker, size: 24, line_color: "navy", fill_color: "orange", alpha: 0.6 });
    plot.text({ x: [x], y: [y - 0.4], text: [marker], text_align: "center", text_font_size: "11px" });
  });
  doc.add_root(plot);
  doc.title = "Markers";
}
