from bokeh.io import curdoc
from bokeh.models import BasicTicker, PrintfTickFormatter
from bokeh.plotting import figure
from bokeh.transform import linear_cmap

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
COLORS = ["#75968f", "#a5bab7", "#c9d9d3", "#e2e2e2", "#dfccce", "#ddb7b1", "#cc7878", "#933b41", "#550b1d"]

years = [str(2000 + i) for i in range(20)]
cells = [(year, month, (i * 37 + k * 53) % 14) for i, year in enumerate(years) for k, month in enumerate(MONTHS)]
plot = figure(title="rate", width=600, height=350, x_range=years, y_range=MONTHS[::-1], x_axis_location="above",
              toolbar_location="below", tooltips=[("date", "@month @year"), ("rate", "@rate%")])
rects = plot.rect(x="year", y="month", width=1, height=1,
                  source=dict(year=[c[0] for c in cells], month=[c[1] for c in cells], rate=[c[2] for c in cells]),
                  fill_color=linear_cmap("rate", COLORS, 0, 13), line_color=None)
plot.grid.grid_line_color = None
plot.axis.axis_line_color = None
plot.axis.major_tick_line_color = None
plot.axis.major_label_text_font_size = "9px"
plot.axis.major_label_standoff = 0
plot.xaxis.major_label_orientation = 1.0
bar = rects.construct_color_bar(
    major_label_text_font_size="9px", ticker=BasicTicker(desired_num_ticks=len(COLORS)),
    formatter=PrintfTickFormatter(format="%d%%"), label_standoff=6, border_line_color=None, padding=5)
plot.add_layout(bar, "right")
curdoc().add_root(plot)
curdoc().title = "Heat map"
