// Hexbin: the number of points in each tile of a hexagonal tiling.
import type { Document } from "@bokeh/server";
import { HoverTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Two clusters of points. */
export default function (doc: Document): void {
  const spread = (k: number, step: number) =>
    Float64Array.from(
      { length: 1000 },
      (_, i) => [1, 7, 13].reduce((sum, f) => sum + ((i * step * f + k) % 101) / 101, -1.5),
    );
  const [x, y] = [spread(11, 37), spread(5, 53)];
  const plot = figure({
    title: "points by hexagon",
    width: 500,
    height: 400,
    match_aspect: true,
    background_fill_color: "#440154",
  });
  plot.grid.visible = false;
  const [tiles] = plot.hexbin(x, y, { size: 0.1, hover_color: "pink", hover_alpha: 0.8 });
  plot.scatter(x, y, { color: "white", size: 1 });
  plot.add_tools(new HoverTool({ tooltips: [["count", "@c"], ["(q,r)", "(@q, @r)"]], renderers: [tiles] }));
  doc.add_root(plot);
  doc.title = "Hexbin";
}
