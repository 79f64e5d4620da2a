"""Charts as people draw them."""

import numpy as np, datetime as dt
from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import *
from bokeh.plotting import figure
from bokeh.palettes import *
from bokeh.transform import linear_cmap, factor_cmap

doc = curdoc()
p = figure(name="legends", width=300, height=300)
s = ColumnDataSource(data=dict(x=[1, 2, 3, 4], y=[1, 2, 3, 4], g=["a", "b", "a", "b"]))
p.scatter("x", "y", source=s, legend_group="g", color=factor_cmap("g", ["red", "blue"], ["a", "b"]))
p.line([1, 2], [1, 2], legend_label="one", line_width=2)
p.line([1, 2], [2, 3], legend_label="two", muted_color="gray", muted_alpha=0.2)
p.line([1, 2], [3, 4], legend_label="one", color="orange")
p.scatter("x", "y", source=s, legend_field="g", marker="x")
p.legend.title = "T"
p.legend.click_policy = "mute"
p.legend.ncols = 2
p.legend.orientation = "horizontal"
p.legend.location = (5, 5)
p.legend.label_text_font_size = "8pt"
p.legend.background_fill_alpha = 0.5
p.add_layout(p.legend[0], "right")
cats = ["Q1", "Q2", "Q3"]
b = figure(
    name="bars",
    x_range=cats,
    height=200,
    title="Bars",
    toolbar_location=None,
    tools="hover",
    tooltips="$name @x: @$name",
)
b.vbar_stack(
    ["a", "b"],
    x="x",
    width=0.9,
    color=["#c9d9d3", "#718dbf"],
    source=dict(x=cats, a=[1, 2, 3], b=[3, 2, 1]),
    legend_label=["a", "b"],
)
b.y_range.start = 0
b.x_range.range_padding = 0.1
b.xgrid.grid_line_color = None
b.axis.minor_tick_line_color = None
b.outline_line_color = None
b.legend.location = "top_left"
b.legend.orientation = "horizontal"
pie = figure(name="pie", height=200, x_range=(-0.5, 1.0), tools="hover", tooltips="@country: @value")
pie.wedge(x=0, y=1, radius=0.4, start_angle=[0, 1], end_angle=[1, 2], line_color="white", fill_color=Category20c[3][:2])
pie.axis.axis_label = None
pie.axis.visible = False
pie.grid.grid_line_color = None
h = figure(
    name="heat",
    x_range=["a", "b"],
    y_range=list(reversed(["c", "d"])),
    x_axis_location="above",
    tools="save",
    width=200,
    height=200,
)
m = LinearColorMapper(palette=list(reversed(Blues[9])), low=0, high=3)
r = h.rect(
    x="x",
    y="y",
    width=1,
    height=1,
    source=ColumnDataSource(data=dict(x=["a", "b", "a", "b"], y=["c", "c", "d", "d"], v=[0, 1, 2, 3])),
    fill_color={"field": "v", "transform": m},
    line_color=None,
)
h.add_layout(
    ColorBar(
        color_mapper=m,
        major_label_text_font_size="7px",
        ticker=BasicTicker(desired_num_ticks=3),
        formatter=PrintfTickFormatter(format="%d%%"),
        label_standoff=6,
        border_line_color=None,
    ),
    "right",
)
h.add_layout(r.construct_color_bar(padding=1), "below")
h.axis.major_label_standoff = 0
h.xaxis.major_label_orientation = np.pi / 3
t0 = dt.datetime(2024, 1, 1)
t = figure(
    name="time",
    x_axis_type="datetime",
    width=300,
    height=200,
    x_axis_label="Date",
    y_axis_label="$",
    background_fill_color="#efefef",
    x_range=(t0, t0 + dt.timedelta(days=10)),
    tools="xpan,xwheel_zoom",
    active_scroll="xwheel_zoom",
)
ts = np.array([t0 + dt.timedelta(days=k) for k in range(5)], dtype="datetime64[ns]")
t.line(ts, np.arange(5.0))
t.step(x=ts, y=[1, 2, 3, 4, 5], mode="after", color="red")
t.vbar(x=ts, top=[1, 2, 3, 4, 5], width=dt.timedelta(hours=12), alpha=0.2)
t.varea(x=ts, y1=np.zeros(5), y2=np.ones(5))
t.segment(x0=ts, y0=0, x1=ts, y1=[1, 2, 3, 4, 5])
t.xaxis.formatter = DatetimeTickFormatter(days="%m/%d")
t.grid.grid_line_alpha = 0.3
w = figure(name="twin", width=300, height=200, y_range=(0, 1))
w.line([1, 2], [0.5, 1])
w.extra_y_ranges["foo"] = Range1d(start=0, end=100)
w.line([1, 2], [50, 100], y_range_name="foo", color="red")
w.add_layout(LinearAxis(y_range_name="foo", axis_label="foo"), "right")
w.y_range.bounds = (0, 2)
w.x_range = p.x_range
mp = figure(
    name="map",
    x_range=(-2000000.0, 6000000.0),
    y_range=(-1000000.0, 7000000.0),
    x_axis_type="mercator",
    y_axis_type="mercator",
    width=200,
    height=200,
)
mp.add_tile("CartoDB Positron", retina=True)
mp.add_tile("OSM")
k = figure(name="kinds", width=200, height=200)
k.scatter(
    np.array([1, 2], dtype=np.int8),
    np.array([1, 2], dtype=np.uint16),
    size=np.array([5, 10]),
    fill_color=np.array(["red", "blue"]),
    alpha=np.array([0.5, 1.0], dtype=np.float32),
)
k.image(image=[np.array([[1, 2], [3, 4]], dtype=np.uint8)], x=0, y=0, dw=1, dh=1, palette="Greys9", alpha=0.5)
k.image_rgba(image=[np.zeros((2, 2, 4), dtype=np.uint8)], x=0, y=0, dw=1, dh=1)
k.multi_line([np.array([1.0, 2.0]), [3, 4]], [[1, 2], np.array([3, 4])], color=["red", (0, 128, 0)])
k.patches([[1, 2, float("nan"), 3]], [[1, 2, float("nan"), 3]], fill_color=(1, 2, 3, 0.5))
k.text([0], [0], text=["é"], text_font={"value": "Helvetica"}, text_font_size={"value": "3em"})
k.hspan(y=[1.5])
k.vspan(x=[1, 2], line_color=["red", "blue"])
doc.add_root(column(p, b, pie, h, t, w, mp, k))
