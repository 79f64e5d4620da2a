import math

from bokeh.io import curdoc
from bokeh.plotting import figure

values = [-1.5 + i * 37 % 101 / 101 + i * 259 % 101 / 101 + i * 481 % 101 / 101 for i in range(500)]
edges = [-1.5 + i / 8 for i in range(25)]
density = [sum(left <= v < right for v in values) * 8 / len(values) for left, right in zip(edges, edges[1:])]
x = [-1.5 + i / 20 for i in range(61)]
pdf = [math.exp(-2 * v * v) * math.sqrt(2 / math.pi) for v in x]
plot = figure(title="a histogram", width=600, height=350, toolbar_location=None)
plot.quad(top=density, bottom=0, left=edges[:-1], right=edges[1:], fill_color="skyblue", line_color="white",
          legend_label="500 values")
plot.line(x, pdf, line_width=2, line_color="navy", legend_label="density")
plot.y_range.start = 0
plot.xaxis.axis_label = "x"
plot.yaxis.axis_label = "PDF(x)"
curdoc().add_root(plot)
curdoc().title = "Histogram"
