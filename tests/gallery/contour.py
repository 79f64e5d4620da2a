import numpy as np

from bokeh.io import curdoc
from bokeh.plotting import figure

N = 40
at = np.array([-2 + (4 * i) / (N - 1) for i in range(N)])
x, y = np.meshgrid(at, at)
levels = [-6.1, -4.1, -2.1, 0.1, 2.1, 4.1, 6.1, 8.1, 9.9]
plot = figure(title="contours", width=500, height=400, x_range=(-2, 2), y_range=(-2, 2))
contours = plot.contour(x=at, y=at, z=x * x - y * y * y / 2 + x * y, levels=levels,
                        fill_color=["#0d0887", "#4c02a1", "#7e03a8", "#aa2395", "#cc4778", "#e66c5c", "#f89540", "#fdc527"],
                        line_color="black", line_width=2)
plot.add_layout(contours.construct_color_bar(title="value"), "right")
curdoc().add_root(plot)
curdoc().title = "Contours"
