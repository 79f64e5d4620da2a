from bokeh.io import curdoc
from bokeh.plotting import figure

x = [i / 10 for i in range(21)]
plot = figure(title="powers of x", width=600, height=350, x_axis_label="x", y_axis_label="y")
plot.line(x, x, legend_label="y = x", line_color="steelblue", line_width=2)
plot.line(x, [v * v for v in x], legend_label="y = x²", line_color="tomato", line_dash="dashed")
plot.scatter(x, [v * v * v for v in x], legend_label="y = x³", size=7, fill_color="white", line_color="green")
plot.legend.location = "top_left"
curdoc().add_root(plot)
curdoc().title = "Lines"
