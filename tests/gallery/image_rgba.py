import numpy as np

from bokeh.io import curdoc
from bokeh.plotting import figure

N = 20
image = np.empty((N, N), dtype=np.uint32)
view = image.view(dtype=np.uint8).reshape((N, N, 4))
for row in range(N):
    for column in range(N):
        view[row, column] = [int(row / N * 255), 158, int(column / N * 255), 255]
plot = figure(width=400, height=400, x_range=(0, 10), y_range=(0, 10), title="red and blue")
plot.image_rgba(image=[image], x=[0], y=[0], dw=[10], dh=[10])
curdoc().add_root(plot)
curdoc().title = "RGBA image"
