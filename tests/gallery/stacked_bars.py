from bokeh.io import curdoc
from bokeh.models import ColumnDataSource
from bokeh.palettes import GnBu3, OrRd3
from bokeh.plotting import figure

fruits = ["Apples", "Pears", "Nectarines", "Plums", "Grapes"]
years = ["2015", "2016", "2017"]
exported = {"fruits": fruits, "2015": [2, 1, 4, 3, 2], "2016": [5, 3, 4, 2, 4], "2017": [3, 2, 4, 4, 5]}
imported = {"fruits": fruits, "2015": [-1, 0, -1, -3, -2], "2016": [-2, -1, -3, -1, -2], "2017": [-1, -2, -1, 0, -2]}
plot = figure(y_range=fruits, x_range=(-16, 16), width=600, height=300, title="imports and exports")
plot.hbar_stack(years, y="fruits", height=0.9, color=GnBu3, source=ColumnDataSource(data=exported),
                legend_label=[f"{year} exports" for year in years])
plot.hbar_stack(years, y="fruits", height=0.9, color=OrRd3, source=ColumnDataSource(data=imported),
                legend_label=[f"{year} imports" for year in years])
plot.y_range.range_padding = 0.1
plot.ygrid.grid_line_color = None
plot.legend.location = "center_left"
plot.axis.minor_tick_line_color = None
plot.outline_line_color = None
curdoc().add_root(plot)
curdoc().title = "Stacked bars"
