from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import Button, ColumnDataSource
from bokeh.plotting import figure

KEPT = 60


def tooth(start):
    x = list(range(start, start + 10))
    return dict(x=x, y=[v * 7 % 23 for v in x])


source = ColumnDataSource(data=tooth(0))
plot = figure(width=600, height=300, title="10 points")
plot.line("x", "y", source=source, line_width=2)
button = Button(label="more", name="go")
next = 10


def more():
    global next
    source.stream(tooth(next), KEPT)
    next += 10
    plot.title.text = f"{len(source.data['x'])} points"


button.on_click(more)
curdoc().add_root(column(button, plot))
curdoc().title = "Streaming"
