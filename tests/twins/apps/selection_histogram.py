from math import pi

import numpy as np
from seeded_random import SeededRandom

from bokeh.io import curdoc
from bokeh.layouts import gridplot
from bokeh.models import BoxSelectTool, ColumnDataSource, LassoSelectTool
from bokeh.plotting import figure

COLOR = "#3A5785"
random = SeededRandom(7)
clouds = [(400, 500, 100, 100, 10), (800, 250, 50, 50, 10), (200, 550, 10, 40, 10)]
points = [(random.normal(x, dx), random.normal(y, dy)) for n, x, dx, y, dy in clouds for _ in range(n)]
x, y = np.array(points).T

frame = dict(min_border=10, background_fill_color="#fafafa")
plot = figure(**frame, width=400, height=340, title="Select points", x_axis_location=None, y_axis_location=None,
              tools="pan,wheel_zoom,box_select,lasso_select,reset")
plot.select_one(BoxSelectTool).continuous = False
plot.select_one(LassoSelectTool).continuous = False
source = ColumnDataSource(data=dict(x=x, y=y), name="points")
plot.scatter("x", "y", source=source, size=3, color=COLOR, alpha=0.6)


def histogram(values):
    counts, edges = np.histogram(values, bins=20)
    zeros = np.zeros(20)
    data = dict(start=edges[:-1], end=edges[1:], all=counts.astype(float), selected=zeros, others=zeros)
    return ColumnDataSource(data=data), edges, 1.1 * max(counts)


across, x_edges, x_limit = histogram(x)
below = figure(**frame, width=400, height=150, toolbar_location=None, y_axis_location="right",
               x_range=plot.x_range, y_range=(-x_limit, x_limit))
upwards, y_edges, y_limit = histogram(y)
beside = figure(**frame, width=150, height=340, toolbar_location=None, y_axis_location="right",
                x_range=(-y_limit, y_limit), y_range=plot.y_range)
beside.xaxis.major_label_orientation = pi / 4
for name, style in dict(all=dict(fill_color="white", line_color=COLOR),
                        selected=dict(fill_color=COLOR, line_color=None, alpha=0.5),
                        others=dict(fill_color=COLOR, line_color=None, alpha=0.1)).items():
    below.quad(left="start", right="end", bottom=0, top=name, source=across, **style)
    beside.quad(bottom="start", top="end", left=0, right=name, source=upwards, **style)


def select(attr, old, indices):
    for bars, values, edges in [(across, x, x_edges), (upwards, y, y_edges)]:
        selected = others = np.zeros(20)
        if 0 < len(indices) < len(values):
            selected = np.histogram(values[indices], bins=edges)[0].astype(float)
            others = selected - bars.data["all"]
        bars.data = dict(bars.data, selected=selected, others=others)


source.selected.on_change("indices", select)
curdoc().add_root(gridplot([[plot, beside], [below, None]], merge_tools=False))
curdoc().title = "Selection histogram"
