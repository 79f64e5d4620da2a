"""A slider with a callback, and a plot that receives ten rows every 100 ms while the toggle `running` is on."""
import numpy as np

from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, Slider, Toggle
from bokeh.plotting import figure

doc = curdoc()
x = np.arange(200) / 16
wave = ColumnDataSource(data=dict(x=x, y=np.sin(x)), name="wave")
rows = ColumnDataSource(data=dict(x=[], y=[]), name="rows")
plot = figure(height=300, width=600, name="plot")
plot.line("x", "y", source=wave)
plot.line("x", "y", source=rows)
freq = Slider(title="frequency", value=1, start=0.1, end=5.1, step=0.1, name="freq")
running = Toggle(label="run", name="running")
count = 0


def update(attr, old, new):
    wave.data = dict(x=x, y=np.sin(x * freq.value))


def tick():
    global count
    values = [float(v) for v in range(count, count + 10)]
    count += 10
    rows.stream(dict(x=values, y=[v % 10 for v in values]), 1000)


freq.on_change("value", update)
running.on_change("active", lambda attr, old, new: doc.add_periodic_callback(tick, 100))
doc.add_root(column(freq, running, plot))
doc.title = "Mixed"
