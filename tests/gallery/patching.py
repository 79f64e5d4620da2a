import numpy as np

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import Button, ColumnDataSource
from bokeh.plotting import figure

x = list(range(20))
source = ColumnDataSource(data=dict(x=x, y=[i % 5 for i in x], color=["navy" for _ in x]))
points = figure(width=320, height=300, title="points", y_range=(-1, 10))
points.scatter("x", "y", source=source, size=12, color="color")

pixels = ColumnDataSource(data=dict(image=[np.arange(64.0).reshape(8, 8)]))
picture = figure(width=300, height=300, title="image")
picture.image(image="image", x=0, y=0, dw=8, dh=8, source=pixels, palette="Magma256")

button = Button(label="patch", name="go")
clicks = 0


def patch():
    global clicks
    clicks += 1
    source.patch(dict(y=[(clicks, 9), (slice(10, 20, 3), [7, 7, 7, 7])], color=[(clicks, "red")]))
    pixels.patch(dict(image=[((0, slice(2, 4), slice(2, 6)), np.zeros(8))]))


button.on_click(patch)
curdoc().add_root(column(button, row(points, picture)))
curdoc().title = "Patching"
