from bokeh.io import curdoc
from bokeh.plotting import figure

x = [0.1 + i / 10 for i in range(31)]
plot = figure(title="powers on log axes", width=600, height=350, x_axis_type="log", y_axis_type="log",
              y_range=(0.0001, 1e4), background_fill_color="#fafafa")
plot.line(x, x, legend_label="y = x", line_color="tomato")
plot.line(x, [v * v for v in x], legend_label="y = x²", line_color="navy", line_width=3)
plot.line(x, [v * v * v * v for v in x], legend_label="y = x⁴", line_color="green", line_dash="dotdash")
plot.xaxis.axis_label = "Domain"
plot.yaxis.axis_label = "Values (log scale)"
plot.legend.location = "top_left"
curdoc().add_root(plot)
curdoc().title = "Log axes"
