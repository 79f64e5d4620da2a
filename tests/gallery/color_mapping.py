from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import ColorBar, ColumnDataSource
from bokeh.plotting import figure
from bokeh.transform import factor_cmap, factor_mark, linear_cmap

k = list(range(100))
species = ["setosa", "versicolor", "virginica"]
source = ColumnDataSource(data=dict(x=k, y=[i * 53 % 97 for i in k], species=[species[i % 3] for i in k]))
numbers = figure(title="numbers", width=330, height=300, tools="pan,wheel_zoom,reset")
color = linear_cmap("y", "Viridis256", 0, 97)
numbers.scatter("x", "y", source=source, color=color, size=8)
numbers.add_layout(ColorBar(color_mapper=color["transform"], width=8, title="y"), "right")
categories = figure(title="categories", width=300, height=300, tools="pan,wheel_zoom,reset")
categories.scatter("x", "y", source=source, size=9, fill_alpha=0.4, legend_group="species",
                   marker=factor_mark("species", ["hex", "circle_x", "triangle"], species),
                   color=factor_cmap("species", "Category10_3", species))
categories.legend.location = "top_left"
curdoc().add_root(row(numbers, categories))
curdoc().title = "Color mapping"
