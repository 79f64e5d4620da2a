import numpy as np

from bokeh.io import curdoc
from bokeh.plotting import figure

N = 60
x, y = np.meshgrid(np.arange(N) / N - 0.5, np.arange(N) / N - 0.5)
plot = figure(title="monkey saddle", width=500, height=400, tooltips=[("value", "@image")])
plot.x_range.range_padding = plot.y_range.range_padding = 0
drawn = plot.image(image=[x * x * x - 3 * x * y * y], x=0, y=0, dw=10, dh=10, palette="Sunset11", level="image")
plot.grid.grid_line_width = 0.5
plot.add_layout(drawn.construct_color_bar(padding=5), "right")
curdoc().add_root(plot)
curdoc().title = "Image"
