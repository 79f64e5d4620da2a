// Network: a graph of nodes and edges. Hovering over a node highlights its neighbors.
import type { Document } from "@bokeh/server";
import { HoverTool, NodesAndLinkedEdges, StaticLayoutProvider, TapTool } from "@bokeh/server/models";
import { Spectral8 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Number of nodes. */
const N = 8;

/** Eight nodes on a circle. */
export default function (doc: Document): void {
  const nodes = Array.from({ length: N }, (_, i) => i);
  const positions = nodes.map((
    i,
  ): [number, number[]] => [i, [Math.cos((2 * Math.PI * i) / N), Math.sin((2 * Math.PI * i) / N)]]);
  const plot = figure({
    title: "network",
    width: 450,
    height: 400,
    x_range: [-1.3, 1.3],
    y_range: [-1.3, 1.3],
    tools: "",
  });
  const network = plot.graph(
    { index: nodes, color: Spectral8 },
    { start: [...nodes, 0, 0, 3], end: [...nodes.map((i) => (i + 1) % N), 3, 5, 6] },
    new StaticLayoutProvider({ graph_layout: new Map(positions) }),
    {
      node_marker: "square",
      node_size: 25,
      node_color: "color",
      edge_line_width: 2,
      edge_line_color: "#999999",
      node_hover_fill_color: "red",
    },
  );
  network.inspection_policy = new NodesAndLinkedEdges();
  plot.add_tools(new HoverTool({ tooltips: [["node", "@index"]] }), new TapTool());
  doc.add_root(plot);
  doc.title = "Network";
}
