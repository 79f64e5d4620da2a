from math import exp, pi

from seeded_random import SeededRandom

from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, DataTable, NumberFormatter, Range1d, RangeTool, TableColumn
from bokeh.palettes import Spectral11
from bokeh.plotting import figure
from bokeh.transform import cumsum

DAY = 24 * 3600 * 1000
random = SeededRandom(11)
start = 1672531200000
dates = [start + i * DAY for i in range(730)]
visits, level = [], 100
for _ in dates:
    level *= exp(random.normal(0.001, 0.02))
    visits.append(level)
source = ColumnDataSource(data=dict(date=dates, visits=visits))
options = dict(background_fill_color="#f5f5f5", x_axis_type="datetime", sizing_mode="stretch_width",
               toolbar_location=None, tools="")
x_range = Range1d(start=start + 300 * DAY, end=start + 500 * DAY)
detail = figure(**options, height=140, x_range=x_range, y_axis_label="visits")
detail.line("date", "visits", source=source, line_width=2, alpha=0.7)
overview = figure(**options, height=80, y_range=detail.y_range, y_axis_type=None)
overview.line("date", "visits", source=source)
tool = RangeTool(x_range=x_range)
tool.overlay.fill_color = "navy"
tool.overlay.fill_alpha = 0.2
overview.add_tools(tool)
for plot in [detail, overview]:
    plot.grid.grid_line_color = "white"
curdoc().add_root(column(detail, overview, sizing_mode="stretch_width", name="traffic"))

sales = {"United States": 157, "United Kingdom": 93, "Japan": 89, "China": 63, "Germany": 44, "India": 42, "Italy": 40}
value = list(sales.values())
source = ColumnDataSource(data=dict(country=list(sales), value=value, angle=[n / sum(value) * 2 * pi for n in value],
                                    color=Spectral11[:len(value)]))
regions = figure(height=200, x_range=(-0.4, 1.4), toolbar_location=None, outline_line_color=None, name="regions",
                 sizing_mode="stretch_width", tools="hover", tooltips=[("country", "@country"), ("value", "@value")])
regions.annular_wedge(x=0, y=1, inner_radius=0.2, outer_radius=0.32, source=source, legend_group="country",
                      start_angle=cumsum("angle", include_zero=True), end_angle=cumsum("angle"),
                      line_color="white", fill_color="color")
regions.axis.visible = False
regions.grid.grid_line_color = None
regions.legend.label_text_font_size = "0.7em"
regions.legend.spacing = 1
regions.legend.glyph_height = 15
regions.legend.label_height = 15
curdoc().add_root(regions)

names = ["iOS", "Android", "macOS", "Windows", "Other"]
platforms = figure(height=200, y_range=names[::-1], x_axis_location="above", toolbar_location=None,
                   sizing_mode="stretch_width", outline_line_color=None, name="platforms")
platforms.hbar(left=0, right=[35, 22, 13, 26, 4], y=names, height=0.8)
platforms.x_range.start = 0
platforms.ygrid.grid_line_color = None
platforms.axis.minor_tick_line_color = None
curdoc().add_root(platforms)

source = ColumnDataSource(data=dict(page=["/", "/docs", "/blog", "/about"], visits=[5310, 3120, 1490, 402],
                                    rating=[4.1, 4.6, 3.9, 3.2]))
columns = [
    TableColumn(field="page", title="Page"),
    TableColumn(field="visits", title="Visits"),
    TableColumn(field="rating", title="Rating", formatter=NumberFormatter(format="0.0")),
]
curdoc().add_root(DataTable(source=source, columns=columns, height=200, sizing_mode="stretch_width", name="details"))
curdoc().title = "Dashboard"
