from math import floor

import numpy as np
from seeded_random import SeededRandom

from bokeh.io import curdoc
from bokeh.layouts import gridplot
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

SIZE = 100
random = SeededRandom(5)
options = dict(width=240, height=240, toolbar_location=None)


def uniform(low, high, size):
    return np.array([random.uniform(low, high) for _ in range(size)])


points = ColumnDataSource(data=dict(x=uniform(0, 10, 500), y=uniform(0, 10, 500),
                                    color=["firebrick"] * 200 + ["navy"] * 300))
scatter = figure(**options, title="step 0", name="points")
scatter.scatter("x", "y", source=points, color="color", size=6, alpha=0.6)

x = np.arange(200) * 10 / 199
curves = ColumnDataSource(data=dict(xs=[x, x], ys=[np.sin(x), np.cos(x)], color=["olive", "navy"]))
lines = figure(**options, title="lines")
lines.multi_line("xs", "ys", source=curves, color="color", line_width=3, alpha=0.6)

image = np.empty((SIZE, SIZE), dtype=np.uint32)
view = image.view(dtype=np.uint8).reshape((SIZE, SIZE, 4))
for i in range(SIZE):
    for j in range(SIZE):
        view[i, j] = [floor(j / SIZE * 255), floor(i / SIZE * 255), 158, 255]
pixels = ColumnDataSource(data=dict(image=[image]))
picture = figure(**options, title="image", x_range=(0, 10), y_range=(0, 10))
picture.image_rgba(image="image", x=0, y=0, dw=10, dh=10, source=pixels)

n = 0


def step():
    global n
    n += 1
    first = slice(100)
    new_x = points.data["x"][first] + uniform(-0.1, 0.1, 100)
    new_y = points.data["y"][first] + uniform(-0.2, 0.2, 100)
    points.patch(dict(x=[(first, new_x)], y=[(first, new_y)]))
    i = floor(random.uniform(0, 200))
    curves.patch(dict(ys=[([0, i], [curves.data["ys"][0][i] + random.uniform(-0.1, 0.1)])]))
    rows, columns = slice(25, 76, 10), slice(None)
    rotated = np.roll(pixels.data["image"][0][rows, columns], 2, axis=1).flatten()
    pixels.patch(dict(image=[([0, rows, columns], rotated)]))
    scatter.title.text = f"step {n}"


curdoc().add_periodic_callback(step, 50)
curdoc().add_root(gridplot([[scatter, lines, picture]]))
curdoc().title = "Patch"
