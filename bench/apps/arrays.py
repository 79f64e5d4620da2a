"""Replaces an array as fast as possible while the toggle `running` is on. The argument `size` is its size in bytes."""
import numpy as np

from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, Toggle
from bokeh.plotting import figure

doc = curdoc()
size = int(doc.session_context.request.arguments["size"][0])
values = np.sin(np.arange(size // 8) / 10)
source = ColumnDataSource(data=dict(y=values), name="source")
plot = figure(height=300, width=600, name="plot")
plot.line("y", "y", source=source)
running = Toggle(label="run", name="running")
count = 0


def tick():
    global count
    y = values.copy()
    y[0] = count
    count += 1
    source.data = dict(y=y)
    doc.add_next_tick_callback(tick)


running.on_change("active", lambda attr, old, new: doc.add_next_tick_callback(tick))
doc.add_root(column(running, plot))
doc.title = "Arrays"
