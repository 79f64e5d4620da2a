import math

from bokeh.io import curdoc
from bokeh.models import HoverTool, NodesAndLinkedEdges, StaticLayoutProvider, TapTool
from bokeh.palettes import Spectral8
from bokeh.plotting import figure

N = 8
nodes = list(range(N))
places = {i: [math.cos(2 * math.pi * i / N), math.sin(2 * math.pi * i / N)] for i in nodes}
plot = figure(title="network", width=450, height=400, x_range=(-1.3, 1.3), y_range=(-1.3, 1.3), tools="")
network = plot.graph(
    dict(index=nodes, color=Spectral8),
    dict(start=[*nodes, 0, 0, 3], end=[*((i + 1) % N for i in nodes), 3, 5, 6]),
    StaticLayoutProvider(graph_layout=places),
    node_marker="square", node_size=25, node_color="color", edge_line_width=2, edge_line_color="#999999",
    node_hover_fill_color="red")
network.inspection_policy = NodesAndLinkedEdges()
plot.add_tools(HoverTool(tooltips=[("node", "@index")]), TapTool())
curdoc().add_root(plot)
curdoc().title = "Network"
