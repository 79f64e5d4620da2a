import numpy as np

from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, Slider
from bokeh.palettes import gray
from bokeh.plotting import figure

SIZE = 256
y, x = np.mgrid[:SIZE, :SIZE]
image = np.where((x * x + y * y) % 4096 < 2048, (x * y) % 256, 255 - (x + y) % 256).astype(float)

source = ColumnDataSource(data=dict(image=[image]))
p = figure(x_range=(0, SIZE), y_range=(0, SIZE))
p.image("image", x=0, y=0, dw=SIZE, dh=SIZE, palette=gray(256), source=source)


def update(attr, old, new):
    width = 2 * new + 1
    inner = slice(width, SIZE - width)
    out = image.copy()
    steps = range(-new, new + 1)
    out[inner, inner] = sum(np.roll(image, (dy, dx), (0, 1)) for dy in steps for dx in steps)[inner, inner] / width**2
    source.data.update(image=[out])


slider = Slider(title="Blur Factor", start=0, end=10, value=0, name="blur")
slider.on_change("value", update)
curdoc().add_root(column(p, slider))
curdoc().title = "Image Blur"
