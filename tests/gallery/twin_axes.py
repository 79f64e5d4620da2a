from bokeh.io import curdoc
from bokeh.models import LinearAxis, Range1d
from bokeh.plotting import figure

x = [-2 + i / 10 for i in range(41)]
plot = figure(title="twin axes", width=600, height=350, x_range=(-2, 2), y_range=(-1.2, 1.2))
plot.background_fill_color = "#fafafa"
plot.scatter(x, [v * v * v / 8 for v in x], color="crimson", size=8)
plot.yaxis.axis_label = "red circles"
plot.yaxis.axis_label_text_color = "crimson"
plot.extra_y_ranges = {"large": Range1d(start=0, end=100)}
plot.scatter(x, [20 * v * v for v in x], color="navy", size=8, y_range_name="large")
axis = LinearAxis(y_range_name="large", axis_label="blue circles", axis_label_text_color="navy")
plot.add_layout(axis, "right")
curdoc().add_root(plot)
curdoc().title = "Twin axes"
