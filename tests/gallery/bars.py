from bokeh.io import curdoc
from bokeh.models import ColumnDataSource
from bokeh.palettes import Bright6
from bokeh.plotting import figure
from bokeh.transform import factor_cmap

fruits = ["Apples", "Pears", "Nectarines", "Plums", "Grapes", "Strawberries"]
source = ColumnDataSource(data=dict(fruits=fruits, counts=[5, 3, 4, 2, 4, 6]))
plot = figure(x_range=fruits, width=600, height=350, title="fruit counts", toolbar_location=None, tools="")
plot.vbar(x="fruits", top="counts", width=0.9, source=source, legend_field="fruits", line_color="white",
          fill_color=factor_cmap("fruits", palette=Bright6, factors=fruits))
plot.xgrid.grid_line_color = None
plot.y_range.start = 0
plot.y_range.end = 9
plot.legend.orientation = "horizontal"
plot.legend.location = "top_center"
curdoc().add_root(plot)
curdoc().title = "Bars"
