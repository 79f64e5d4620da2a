from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import ColumnDataSource, FactorRange
from bokeh.plotting import figure
from bokeh.transform import dodge, factor_cmap

FRUITS = ["Apples", "Pears", "Plums"]
YEARS = ["2015", "2016", "2017"]
COLORS = ["#c9d9d3", "#718dbf", "#e84d60"]

counts = {"2015": [2, 1, 4], "2016": [5, 3, 3], "2017": [3, 2, 4]}
x = [(fruit, year) for fruit in FRUITS for year in YEARS]
top = [column[i] for i in range(3) for column in counts.values()]
nested = figure(title="nested", width=320, height=300, x_range=FactorRange(factors=x), tools="")
nested.vbar(x="x", top="top", width=0.9, source=ColumnDataSource(data=dict(x=x, top=top)), line_color="white",
            fill_color=factor_cmap("x", palette=COLORS, factors=YEARS, start=1, end=2))
nested.x_range.range_padding = 0.1
nested.xaxis.major_label_orientation = 1
nested.xgrid.grid_line_color = None

source = ColumnDataSource(data=dict(fruits=FRUITS, **counts))
dodged = figure(title="dodged", width=320, height=300, x_range=FRUITS, y_range=(0, 7), tools="")
for i, year in enumerate(YEARS):
    position = dodge("fruits", (i - 1) / 4, range=dodged.x_range)
    dodged.vbar(x=position, top=year, source=source, width=0.2, color=COLORS[i], legend_label=year)
dodged.legend.orientation = "horizontal"
curdoc().add_root(row(nested, dodged))
curdoc().title = "Nested bars"
