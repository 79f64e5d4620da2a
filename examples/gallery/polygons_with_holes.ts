// Polygons with holes: shapes that consist of several polygons, some of which have holes.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

/** Two shapes: one of two polygons, one of which has a hole, and a simple one. */
export default function (doc: Document): void {
  const plot = figure({ title: "holes", width: 500, height: 300, toolbar_location: "below", match_aspect: true });
  plot.multi_polygons({
    xs: [[[[1, 4, 4, 1], [2, 2, 3, 3]], [[5, 6, 6]]], [[[7, 9, 8]]]],
    ys: [[[[1, 1, 4, 4], [2, 3, 3, 2]], [[1, 1, 3]]], [[[1, 1, 4]]]],
    color: ["teal", "goldenrod"],
    fill_alpha: [0.8, 0.6],
    line_width: 2,
    hatch_pattern: ["dot", "\\"],
  });
  plot.patch([1, 5, 5, 1], [4.5, 4.5, 5, 5], { color: "gray", alpha: 0.5, line_width: 2 });
  doc.add_root(plot);
  doc.title = "Polygons with holes";
}
