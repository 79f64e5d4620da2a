from bokeh.io import curdoc
from bokeh.models import ColumnDataSource, LogColorMapper
from bokeh.palettes import Viridis6
from bokeh.plotting import figure

regions = [(i % 6 + (i // 6 % 2) / 2, i // 6) for i in range(24)]
corners = [(0, 0.6), (0.5, 0.3), (0.5, -0.3), (0, -0.6), (-0.5, -0.3), (-0.5, 0.3)]
source = ColumnDataSource(data=dict(
    x=[[x + dx for dx, _ in corners] for x, _ in regions],
    y=[[0.9 * y + dy for _, dy in corners] for _, y in regions],
    name=[f"Region {i + 1}" for i in range(24)],
    rate=[1 + (i * 37 % 101) / 4 for i in range(24)],
))
plot = figure(title="rates by region", width=600, height=400, tools="pan,wheel_zoom,reset,hover,save",
              x_axis_location=None, y_axis_location=None,
              tooltips=[("Name", "@name"), ("Rate", "@rate%"), ("(x, y)", "($x, $y)")])
plot.grid.grid_line_color = None
plot.hover.point_policy = "follow_mouse"
plot.patches("x", "y", source=source, fill_color={"field": "rate", "transform": LogColorMapper(palette=Viridis6)},
             fill_alpha=0.7, line_color="white", line_width=0.5)
curdoc().add_root(plot)
curdoc().title = "Choropleth"
