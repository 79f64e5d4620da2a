from bokeh.io import curdoc
from bokeh.models import ColumnDataSource, Whisker
from bokeh.plotting import figure
from bokeh.transform import factor_cmap

kinds = ["compact", "midsize", "truck"]
source = ColumnDataSource(data=dict(
    kinds=kinds, q1=[24, 23, 15], q2=[27, 27, 17], q3=[30, 29, 19], lower=[18, 17, 10], upper=[37, 34, 25]))
plot = figure(x_range=kinds, width=600, height=350, title="mileage by kind", toolbar_location=None, tools="",
              background_fill_color="#eaefef", y_axis_label="miles per gallon")
plot.add_layout(Whisker(base="kinds", upper="upper", lower="lower", source=source, line_color="gray"))
color = factor_cmap("kinds", "TolRainbow7", kinds)
plot.vbar("kinds", 0.7, "q2", "q3", source=source, color=color, line_color="black")
plot.vbar("kinds", 0.7, "q1", "q2", source=source, color=color, line_color="black")
plot.scatter(x=["compact", "compact", "truck"], y=[41, 44, 8], size=6, color="black", alpha=0.3)
plot.xgrid.grid_line_color = None
plot.axis.major_label_text_font_size = "14px"
plot.axis.axis_label_text_font_size = "12px"
curdoc().add_root(plot)
curdoc().title = "Box plot"
