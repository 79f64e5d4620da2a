from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, RangeTool
from bokeh.plotting import figure

x = list(range(500))
source = ColumnDataSource(data=dict(x=x, y=[i * i / 5000 + i * 37 % 23 for i in x]))
detail = figure(width=600, height=220, tools="xpan", toolbar_location=None, x_range=(200, 300))
detail.line("x", "y", source=source)
select = figure(width=600, height=130, y_range=detail.y_range, tools="", toolbar_location=None)
select.line("x", "y", source=source)
select.ygrid.grid_line_color = None
tool = RangeTool(x_range=detail.x_range, start_gesture="pan")
tool.overlay.fill_color = "navy"
tool.overlay.fill_alpha = 0.2
select.add_tools(tool)
curdoc().add_root(column(detail, select))
curdoc().title = "Range tool"
