"""Streams ten rows of four columns, as plain lists, as fast as possible while the toggle `running` is on."""
from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, Toggle
from bokeh.plotting import figure

doc = curdoc()
source = ColumnDataSource(data=dict(x=[], a=[], b=[], c=[]), name="source")
plot = figure(height=300, width=600, name="plot")
for name in "abc":
    plot.line("x", name, source=source)
running = Toggle(label="run", name="running")
count = 0


def tick():
    global count
    x = [float(i) for i in range(count, count + 10)]
    count += 10
    source.stream(dict(x=x, a=[v * 0.5 for v in x], b=[v % 10 for v in x], c=[-1.0 * v for v in x]), 1000)
    doc.add_next_tick_callback(tick)


running.on_change("active", lambda attr, old, new: doc.add_next_tick_callback(tick))
doc.add_root(column(running, plot))
doc.title = "Streams of lists"
