import numpy as np

from bokeh.io import curdoc
from bokeh.models import HoverTool
from bokeh.plotting import figure

i = np.arange(1000)


def spread(k, step):
    total = np.full(1000, -1.5)
    for f in (1, 7, 13):
        total = total + ((i * step * f + k) % 101) / 101
    return total


x, y = spread(11, 37), spread(5, 53)
plot = figure(title="points by hexagon", width=500, height=400, match_aspect=True, background_fill_color="#440154")
plot.grid.visible = False
tiles, bins = plot.hexbin(x, y, size=0.1, hover_color="pink", hover_alpha=0.8)
plot.scatter(x, y, color="white", size=1)
plot.add_tools(HoverTool(tooltips=[("count", "@c"), ("(q,r)", "(@q, @r)")], renderers=[tiles]))
curdoc().add_root(plot)
curdoc().title = "Hexbin"
