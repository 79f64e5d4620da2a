from datetime import datetime, timezone

from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import ColumnDataSource, CrosshairTool, HoverTool
from bokeh.plotting import figure

DAY = 24 * 3600 * 1000

k = list(range(40))
start = datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp() * 1000
prices = ColumnDataSource(data=dict(
    date=[start + i * DAY for i in k], price=[50 + i * 37 % 23 for i in k], volume=[1e6 * (1 + i) for i in k]))
line = figure(title="formats", width=320, height=300, x_axis_type="datetime", tools="")
line.line("date", "price", source=prices, line_width=2, hover_line_color="red")
line.add_tools(
    HoverTool(tooltips=[("date", "@date{%F}"), ("price", "$@{price}{0.00}"), ("volume", "@volume{0.00 a}")],
              formatters={"@date": "datetime", "@{price}": "numeral"}, mode="vline"),
    CrosshairTool(line_alpha=0.4))
colors = ["tomato", "teal", "gold", "navy"]
points = ColumnDataSource(data=dict(x=[1, 2, 3, 4], y=[2, 5, 8, 4], color=colors))
html = '<div><b style="color: @color">@color</b> at (@x, @y)</div>'
picture = figure(title="HTML", width=320, height=300, tools="hover", tooltips=html)
picture.scatter("x", "y", source=points, size=20, color="color", hover_line_color="black")
curdoc().add_root(row(line, picture))
curdoc().title = "Hover"
