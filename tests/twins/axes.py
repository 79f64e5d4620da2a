"""Axes, ranges, tickers and formatters."""

import datetime as dt
from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import *
from bokeh.plotting import figure

doc = curdoc()
p = figure(
    width=400,
    height=300,
    name="p",
    title="Axes",
    x_axis_label="time [s]",
    y_axis_label="v",
    x_axis_location="above",
    y_axis_location="right",
    x_range=Range1d(0, 10, bounds=(-5, 15)),
    y_range=DataRange1d(range_padding=0.2, start=0),
    background_fill_color="#fafafa",
    border_fill_color="white",
    min_border_left=50,
    outline_line_color=None,
    lod_threshold=None,
    output_backend="svg",
    toolbar_location="left",
    active_scroll="wheel_zoom",
    active_drag="box_zoom",
    tools="pan,box_zoom,wheel_zoom,tap",
)
p.line([1, 2, 3], [1, 2, 3])
p.extra_y_ranges = {"foo": Range1d(start=0, end=100)}
p.extra_x_ranges["bar"] = FactorRange("a", "b", factor_padding=0.1)
p.add_layout(LinearAxis(y_range_name="foo", axis_label="foo", ticker=FixedTicker(ticks=[0, 50, 100])), "left")
p.add_layout(LogAxis(), "below")
p.xaxis.ticker = [1, 5, 9]
p.xaxis.major_label_overrides = {1: "one", 5: "five"}
p.xaxis.major_label_orientation = 0.785
p.yaxis.major_label_orientation = "vertical"
p.xaxis[0].formatter = NumeralTickFormatter(format="0.0%")
p.yaxis[0].formatter = PrintfTickFormatter(format="%5.1f")
p.xgrid.grid_line_color = None
p.ygrid.band_fill_alpha = 0.1
p.ygrid.band_fill_color = "navy"
p.ygrid.minor_grid_line_color = "lightgray"
p.axis.minor_tick_line_color = None
p.axis.axis_label_text_font_style = "bold"
p.title.text_font_size = "20pt"
p.title.align = "center"
d = figure(
    width=400,
    height=300,
    name="d",
    x_axis_type="datetime",
    y_axis_type=None,
    x_range=(dt.datetime(2024, 1, 1), dt.datetime(2024, 2, 1)),
)
d.line([dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 15)], [1, 2])
d.xaxis.formatter = DatetimeTickFormatter(days="%d %b", months="%b %Y", hours="%H:%M")
d.xaxis.ticker = DaysTicker(days=[1, 8, 15, 22])
d.add_layout(Span(location=dt.datetime(2024, 1, 10), dimension="height"))
d.add_layout(BoxAnnotation(left=dt.datetime(2024, 1, 3), right=dt.date(2024, 1, 5), fill_alpha=0.1))
m = figure(
    width=300,
    height=300,
    name="m",
    x_axis_type="mercator",
    y_axis_type="mercator",
    x_range=(-2000000, 6000000),
    y_range=(-1000000, 7000000),
)
m.add_tile(WMTSTileSource(url="https://tile.example.com/{Z}/{X}/{Y}.png", attribution="me", max_zoom=10))
l = figure(
    name="l",
    x_axis_type="log",
    y_axis_type="log",
    x_minor_ticks=5,
    y_minor_ticks="auto",
    match_aspect=True,
    aspect_ratio=2,
    sizing_mode="stretch_width",
    frame_width=200,
)
l.xaxis.formatter = LogTickFormatter(min_exponent=3)
l.yaxis.formatter = CustomJSTickFormatter(code="return tick + 'x'", args=dict(p=p))
l.xaxis.ticker = LogTicker(base=2, mantissas=[1, 5])
l.xaxis.bounds = (1, 100)
l.yaxis.visible = False
l.grid.visible = False
l.toolbar.logo = None
l.toolbar.autohide = True
l.x_range.start = 1
l.y_range.only_visible = True
td = figure(name="td", x_axis_type="timedelta", width=200, height=200)
td.line([dt.timedelta(hours=1), dt.timedelta(hours=2)], [1, 2])
c = figure(name="c", x_range=["a", "b"], y_range=FactorRange(("x", "1"), ("x", "2"), ("y", "1")), width=300, height=200)
c.rect(x=["a", "b"], y=[("x", "1"), ("y", "1")], width=1, height=1)
c.xaxis.group_label_orientation = 1.2
c.yaxis.separator_line_color = "red"
c.x_range.range_padding = 0.1
c.xaxis.axis_line_width = 3
fmt = Div(
    tags=[
        BasicTickFormatter(precision=3, use_scientific=False),
        CategoricalTickFormatter(),
        MercatorTickFormatter(dimension="lon"),
        AdaptiveTicker(base=2, mantissas=[1], min_interval=1),
        BasicTicker(desired_num_ticks=3),
        BinnedTicker(mapper=EqHistColorMapper("Viridis256")),
        CategoricalTicker(),
        CompositeTicker(tickers=[BasicTicker()]),
        CustomJSTicker(),
        DatetimeTicker(),
        MonthsTicker(months=[0, 6]),
        YearsTicker(),
        SingleIntervalTicker(interval=2),
        TimedeltaTicker(),
        TimedeltaTickFormatter(days="%d"),
        EqHistColorMapper(palette="Viridis256"),
    ]
)
doc.add_root(column(p, d, m, l, td, c, fmt))
