import numpy as np

from bokeh.io import curdoc
from bokeh.plotting import figure

i = np.arange(300)
x = (i * 37 % 101).astype(float)
y = (i * 53 % 97).astype(float)
radius = 0.5 + (i * 29 % 31) / 12
colors = [f"rgb({int(50 + 2 * a)}, {int(30 + 2 * b)}, 150)" for a, b in zip(x, y)]
plot = figure(title="circles", width=600, height=400, tools="crosshair,pan,wheel_zoom,lasso_select,reset")
plot.circle(x=x, y=y, radius=radius, fill_color=colors, fill_alpha=0.6, line_color=None)
curdoc().add_root(plot)
curdoc().title = "Colored circles"
