import math

from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import ColumnDataSource
from bokeh.palettes import Category10
from bokeh.plotting import figure
from bokeh.transform import cumsum

name = ["Netscape", "Mosaic", "Lynx", "Arena", "Amaya", "Cello"]
share = [40, 25, 15, 10, 7, 3]
angle = [value / 100 * 2 * math.pi for value in share]
source = ColumnDataSource(data=dict(name=name, share=share, angle=angle, color=Category10[6]))
options = dict(width=320, height=300, tools="hover", tooltips="@name: @share%", toolbar_location=None)
angles = dict(start_angle=cumsum("angle", include_zero=True), end_angle=cumsum("angle"))
pie = figure(**options, title="pie", x_range=(-0.5, 1))
pie.wedge(x=0, y=1, radius=0.4, **angles, line_color="white", fill_color="color", legend_field="name", source=source)
ring = figure(**options, title="ring", x_range=(-0.5, 0.5))
ring.annular_wedge(x=0, y=1, inner_radius=0.2, outer_radius=0.4, **angles, line_color="white", fill_color="color",
                   source=source)
for plot in (pie, ring):
    plot.axis.visible = False
    plot.grid.grid_line_color = None
curdoc().add_root(row(pie, ring))
curdoc().title = "Pie"
