"""Writes expected.json: the models that Bokeh creates for each case. The TypeScript tests compare their models with them.

    python capture.py        # with bokeh 3.10.2

A case is a function that returns a model. A model is written in full at its first occurrence and as {"ref": n}
afterwards, with its attributes in alphabetical order.
"""
import base64
import gzip
import json
import math
import pathlib
from datetime import datetime, timezone

import numpy as np

from bokeh.core.serialization import Serializer
from bokeh.layouts import column, grid, gridplot, layout, row
from bokeh.models import (
    CDSView, ColumnDataSource, DataRange1d, Div, FactorRange, HoverTool, IndexFilter, Label, Legend, LogScale, PanTool,
    GMapOptions, Plot, Range1d, Scatter, Span, StaticLayoutProvider, Title, WheelZoomTool,
)
from bokeh.palettes import Category10, Viridis256
from bokeh.plotting import figure, gmap
from bokeh.transform import (
    cumsum, dodge, eqhist_cmap, factor_cmap, factor_hatch, factor_mark, jitter, linear_cmap, log_cmap, stack, transform,
)

CASES = {}


def case(make):
    CASES[make.__name__] = make
    return make


def plain(make):
    """A case that consists of a default figure with glyphs."""
    def with_figure():
        p = figure(tools="")
        make(p)
        return p
    CASES[make.__name__] = with_figure
    return make


# figures

@case
def figure_bare(): return figure()

@case
def figure_attributes():
    return figure(title="a title", width=300, height=200, name="n", background_fill_color="beige", match_aspect=True,
                  output_backend="webgl", sizing_mode="stretch_width", tags=["t"])

@case
def figure_title_model(): return figure(title=Title(text="big", text_font_size="20px"), toolbar_location=None)

@case
def figure_ranges(): return figure(x_range=(0, 10), y_range=Range1d(start=-1, end=1, bounds="auto"), toolbar_location="left")

@case
def figure_factors(): return figure(x_range=["a", "b", "c"], y_range=FactorRange(factors=[("A", "one"), ("B", "two")]))

@case
def figure_data_range(): return figure(x_range=DataRange1d(follow="end"), y_axis_type="log", y_range=(1, 1000))

@case
def figure_datetime(): return figure(x_axis_type="datetime", y_axis_type="timedelta")

@case
def figure_datetime_range():
    return figure(x_range=(datetime(2024, 1, 1, tzinfo=timezone.utc), datetime(2024, 2, 1, tzinfo=timezone.utc)))

@case
def figure_mercator(): return figure(x_axis_type="mercator", y_axis_type="mercator")

@case
def figure_log(): return figure(x_axis_type="log", y_axis_type="linear", x_minor_ticks=4, y_minor_ticks=3)

@case
def figure_no_axes(): return figure(x_axis_type=None, y_axis_location=None)

@case
def figure_axis_places():
    return figure(x_axis_location="above", y_axis_location="right", x_axis_label="x", y_axis_label="y",
                  )

@case
def figure_tools():
    return figure(tools="xpan, ywheel_zoom,box_select,,tap,hover,crosshair,undo,redo,save", active_drag="box_select",
                  active_scroll="ywheel_zoom", active_tap=None, active_inspect="hover")

@case
def figure_tool_models():
    return figure(tools=["pan,reset", PanTool(dimensions="width"), "lasso_select", WheelZoomTool()], active_drag=None)

@case
def figure_tooltips(): return figure(tooltips=[("x", "@x"), ("y", "$y")])

@case
def figure_tooltips_for_hover(): return figure(tools="hover,pan", tooltips="<b>@x</b>")

@case
def figure_no_tools(): return figure(tools="")

@case
def plot_methods():
    p = figure(tools="pan")
    p.add_layout(Span(location=1, dimension="width"))
    legend = Legend(title="moved")
    p.add_layout(legend, "left")
    p.add_layout(legend, "right")
    p.add_layout(Title(text="below"), "below")
    p.add_tools("hover", HoverTool(tooltips=None), "xcrosshair")
    p.remove_tools(p.tools[0])
    p.add_glyph(ColumnDataSource(data=dict(x=[1], y=[2])), Scatter(x="x", y="y"), name="added")
    p.add_glyph(Scatter(x=1, y=2))
    p.xaxis.axis_label = "both"
    p.xaxis.ticker.desired_num_ticks = 3
    p.axis.minor_tick_line_color = None
    p.grid.grid_line_color = None
    p.ygrid.band_fill_alpha = 0.1
    p.legend.location = "bottom_left"
    p.hover.line_policy = "nearest"
    p.yaxis[0].formatter.use_scientific = False
    return p

@case
def gmap_bare(): return gmap("key", GMapOptions(lat=1, lng=2))

@case
def gmap_options():
    p = gmap("key", GMapOptions(lat=1.5, lng=2, map_type="satellite", zoom=3), title="a map", width=300, tools="pan,hover,box_select",
             tooltips=[("x", "@x")], x_axis_label="east", x_minor_ticks=3, y_axis_location=None, active_drag="box_select", api_version="3")
    p.scatter([1, 2], [3, 4], size=9, legend_label="there")
    return p

# glyphs

@plain
def glyph_line_literals(p): p.line([1, 2, 3], [4.5, 5.5, 6.5], line_width=2, line_dash="dashed", color="red", alpha=0.5)

@plain
def glyph_line_typed(p): p.line(np.array([1., 2.]), np.array([3, 4], dtype="int32"), line_dash=[6, 3])

@plain
def glyph_source(p):
    s = ColumnDataSource(data=dict(a=[1, 2], b=[3, 4], c=["red", "blue"]))
    p.line("a", "b", source=s, name="l", level="underlay", visible=False, muted=True)
    p.scatter("a", "b", source=s, color="c", size=10, marker="square")
    p.scatter(x="a", y=1, source=s, fill_color=None, line_color={"field": "c"})

@plain
def glyph_source_dict(p): p.scatter("x", "y", source=dict(x=[1], y=[2]))

@plain
def glyph_marker(p):
    p.scatter([1], [2], marker="o+")
    p.scatter([1, 2], [2, 3], marker=["circle", "x"], size=[3, 4], angle=0.5)
    p.scatter([1], [2], 12, 0.1, marker="^")

@plain
def glyph_color_columns(p): p.scatter([1, 2], [3, 4], color=["red", "blue"], alpha=[0.1, 0.2], line_width=[1, 2])

@plain
def glyph_color_tuple(p): p.scatter([1, 2], [3, 4], fill_color=(255, 0, 0), line_color=(0, 0, 255, 0.5))

@plain
def glyph_variants(p):
    p.scatter([1], [2], selection_color="firebrick", nonselection_fill_alpha=0.2, nonselection_fill_color="blue",
              nonselection_line_color="firebrick", nonselection_line_alpha=1.0)
    p.scatter([1], [2], alpha=0.7, hover_alpha=1, hover_fill_color="red", muted_alpha=0.05, muted_line_color="gray")
    p.line([1], [2], selection_line_width=4, hover_line_color="red")

@plain
def glyph_hatch(p): p.vbar(x=[1, 2], top=[3, 4], width=0.5, hatch_pattern="/", hatch_color="red", hatch_alpha=0.5, fill_alpha=0.2)

@plain
def glyph_hatch_columns(p): p.vbar(x=[1, 2], top=[3, 4], width=0.5, hatch_pattern=["/", "x"])

@plain
def glyph_bars(p):
    p.vbar([1, 2], 0.5, [3, 4])
    p.hbar(y=[1, 2], height=0.5, right=[3, 4], left=1, fill_color="green", line_color=None)
    p.quad(left=[1], right=[2], top=[3], bottom=[4])
    p.block(1, 2, 3, 4)

@plain
def glyph_round(p):
    p.circle([1], [2], radius=0.5, radius_units="screen")
    p.circle([1], [2], size=5)
    p.wedge(x=0, y=1, radius=0.4, start_angle=0.1, end_angle=2, direction="clock")
    p.annular_wedge(x=[1], y=[2], inner_radius=0.1, outer_radius=0.2, start_angle=45, end_angle=90, start_angle_units="deg")
    p.annulus([1], [2], 0.1, 0.2)
    p.arc([1], [2], radius=0.1, start_angle=0, end_angle=1, color="blue")
    p.ellipse([1], [2], width=3, height=4, angle=0.5)
    p.ngon([1], [2], 0.5, n=5)

@plain
def glyph_lines(p):
    p.multi_line(xs=[[1, 2], [3, 4]], ys=[[1, 2], [3, 4]], color=["red", "blue"], line_width=[1, 2])
    p.segment(x0=[1], y0=[2], x1=[3], y1=[4], line_dash="dotdash")
    p.ray(x=[1], y=[2], length=45, angle=0, length_units="data")
    p.step([1, 2], [3, 4], mode="after")
    p.bezier(x0=[1], y0=[2], x1=[3], y1=[4], cx0=[5], cy0=[6], cx1=[7], cy1=[8])
    p.quadratic(x0=[1], y0=[2], x1=[3], y1=[4], cx=[5], cy=[6])

@plain
def glyph_spans(p):
    p.hspan(y=[1, 2], line_color="red")
    p.vspan(x=3)
    p.hstrip(y0=[1], y1=[2], fill_alpha=0.3)
    p.vstrip(x0=[1], x1=[2])

@plain
def glyph_areas(p):
    p.patch([1, 2, 3], [1, 2, 1], fill_color="orange")
    p.patches(xs=[[1, 2, 3], [4, 5, 6]], ys=[[1, 2, 1], [3, 4, 3]], color=["red", "blue"])
    p.multi_polygons(xs=[[[[1, 2, 3]]]], ys=[[[[1, 2, 1]]]])
    p.varea(x=[1, 2], y1=[0, 0], y2=[1, 2], alpha=0.2)
    p.harea(x1=[0, 0], x2=[1, 2], y=[1, 2])
    p.varea_step(x=[1, 2], y1=[0, 0], y2=[1, 2], step_mode="after")
    p.harea_step(x1=[0, 0], x2=[1, 2], y=[1, 2])

@plain
def glyph_rect(p):
    p.rect(x=[1], y=[2], width=3, height=4, angle=45, angle_units="deg", dilate=True)
    p.rect([1], [2], [3], 4, width_units="screen")

@plain
def glyph_text(p):
    p.text(x=[0, 1], y=[2, 3], text=["a", "b"], text_font_size="14px", text_color="navy", x_offset=3)
    p.text([0], [1], ["c"], color="red", alpha=0.5)
    p.text("x", "y", "label", source=ColumnDataSource(data=dict(x=[1], y=[2], label=["q"])))

@plain
def glyph_images(p):
    p.image(image=[np.array([[1., 2.], [3., 4.]])], x=0, y=0, dw=1, dh=2, palette="Viridis256", level="image")
    p.image(image=[np.array([[1., 2.], [3., 4.]])], x=0, y=0, dw=1, dh=2)
    p.image(image=[np.array([[1., 2.], [3., 4.]])], x=[0], y=[0], dw=[1], dh=[2], color_mapper=linear_cmap("a", Viridis256, 0, 1).transform)
    p.image_rgba(image=[np.array([[1, 2], [3, 4]], dtype="uint32")], x=[0], y=[0], dw=[1], dh=[1], global_alpha=0.5)
    p.image_url(url=["a.png", "b.png"], x=[1, 2], y=3, w=10, h=20, anchor="center", w_units="screen")

@plain
def glyph_hex_tile(p): p.hex_tile(q=[0, 1], r=[0, -1], size=0.5, fill_color=["red", "blue"], line_color="white")

@plain
def glyph_math(p):
    p.tex([1], [2], [r"x^2"])
    p.mathml(x=1, y=2, text="m")

@case
def glyph_ranges_and_views():
    p = figure(tools="", x_range=(0, 1))
    p.extra_y_ranges = {"second": Range1d(start=0, end=100)}
    s = ColumnDataSource(data=dict(x=[1, 2], y=[3, 4]))
    p.scatter("x", "y", source=s, y_range_name="second", view=CDSView(filter=IndexFilter([0])))
    return p

@plain
def glyph_markers(p):
    for name in ["asterisk", "diamond_cross", "hex", "inverted_triangle", "x", "y"]:
        getattr(p, name)([1], [2], size=10, color="red")

@case
def glyph_subplot():
    p = figure(tools="", x_range=(0, 10), y_range=(0, 10))
    xy = p.subplot(x_source=Range1d(start=0, end=1), y_source=DataRange1d(), x_target=Range1d(start=2, end=3), y_target=Range1d(start=4, end=5))
    xy.line([1, 2], [3, 4])
    return p

# transforms

@plain
def transforms(p):
    s = ColumnDataSource(data=dict(f=["a", "b"], x=[1, 2], y=[2, 3]))
    p.vbar(x=dodge("f", 0.2, range=p.x_range), top="y", width=0.1, source=s, color=factor_cmap("f", ["red", "blue"], ["a", "b"]))
    p.vbar(x=dodge("x", 0.2), top=stack("x", "y"), bottom=stack("x"), width=1, source=s,
           fill_color=factor_cmap("f", Category10[3], ["a", "b"], start=1, end=2, nan_color="black"),
           hatch_pattern=factor_hatch("f", ["/", "x"], ["a", "b"]))
    p.scatter(jitter("x", 0.3), jitter("y", 0.1, mean=0.5, distribution="normal", range=p.y_range), source=s,
              marker=factor_mark("f", ["x", "circle"], ["a", "b"]), color=linear_cmap("x", "Viridis256", 0, 2, low_color="red"))
    p.scatter("x", "y", source=s, color=log_cmap("x", Viridis256, 1, 2), line_color=eqhist_cmap("y", ["red", "blue"], 0, 1, nan_color="white"))
    p.wedge(x=0, y=0, radius=1, start_angle=cumsum("x", include_zero=True), end_angle=cumsum("x"), source=s, fill_color="f")
    p.scatter(transform("x", dodge("x", 1).transform), "y", source=s)

# stacks

@plain
def stacks(p):
    s = ColumnDataSource(data=dict(x=[1, 2], a=[1, 2], b=[3, 4], c=[5, 6]))
    p.vbar_stack(["a", "b", "c"], x="x", width=0.9, source=s, color=["red", "green", "blue"], legend_label=["A", "B", "C"])
    p.hbar_stack(["a", "b"], y="x", height=0.5, source=s, name=["first", "second"])
    p.varea_stack(["a", "b"], x="x", source=s, color=["red", "blue"])
    p.harea_stack(["a", "b"], y="x", source=s)
    p.vline_stack(["a", "b"], x="x", source=s)
    p.hline_stack(["a", "b"], y="x", source=s, line_width=3)

# legends

@plain
def legend_labels(p):
    p.line([1, 2], [3, 4], legend_label="one")
    p.scatter([1, 2], [3, 4], legend_label="one")
    p.scatter([1, 2], [3, 4], legend_label="two")
    p.legend.click_policy = "mute"
    p.legend.title = "legend"

@plain
def legend_fields(p):
    s = ColumnDataSource(data=dict(x=[1, 2, 3], y=[1, 2, 3], g=["b", "a", "b"], n=[2, 1.5, 2], m=["q", None, "q"]))
    p.scatter("x", "y", source=s, legend_field="g")
    p.scatter("x", "y", source=s, legend_group="g")
    p.scatter("x", "y", source=s, legend_group="n")
    p.scatter("x", "y", source=s, legend_group="m")

@plain
def legend_named(p):
    p.add_layout(Legend(name="side"), "right")
    p.line([1], [2], legend_label="here", legend_name="side")
    p.line([1], [2], legend_label="there")

# graphs and hexagons

@plain
def graph(p):
    provider = StaticLayoutProvider(graph_layout={0: (0, 0), 1: (1, 1)})
    p.graph(dict(index=[0, 1], color=["red", "blue"]), dict(start=[0], end=[1]), provider, node_size=15, node_color="color",
            edge_line_width=2, edge_alpha=0.5, node_hover_fill_color="red", edge_selection_color="green", level="overlay")
    p.graph(dict(index=[0, 1]), dict(start=[0], end=[1]), provider, node_radius=0.1, node_marker="circle")
    p.graph(dict(index=[0, 1], m=["x", "y"]), dict(start=[0], end=[1]), provider, node_marker="m")
    p.graph(dict(index=[0, 1]), dict(start=[0], end=[1]), provider, node_marker="square")

@plain
def hexbin(p):
    x = np.array([(i * 37 % 101) / 10 for i in range(50)])
    y = np.array([(i * 53 % 97) / 10 for i in range(50)])
    p.hexbin(x, y, size=1.5, hover_color="pink")
    p.hexbin(x, y, 1, orientation="flattop", aspect_scale=2, palette="Plasma256", line_color="white")

# layouts

@case
def layout_boxes(): return row([column(Div(text="a"), Div(text="b"), width=100), Div(text="c")], sizing_mode="stretch_both", spacing=3)

@case
def layout_nested(): return layout([[Div(text="a"), [Div(text="b"), Div(text="c")]], Div(text="d", width_policy="fixed")], sizing_mode="scale_width")

@case
def layout_gridplot():
    def plot(n, **kw): return figure(title=str(n), **kw)
    return gridplot([[plot(1), plot(2, tools="pan,hover,box_select")], [None, plot(3, active_drag="pan", tools="pan,xpan,save")]], width=200)

@case
def layout_gridplot_flat():
    return gridplot([figure(tools="pan"), None, figure(tools="pan")], ncols=2, toolbar_location="right", merge_tools=False,
                    toolbar_options=dict(logo="grey"), sizing_mode="stretch_width")

@case
def layout_gridplot_empty(): return gridplot([[Div(text="x"), None]], height=50)

@case
def layout_grid(): return grid([Div(text="1"), [[Div(text="2"), Div(text="3")], Div(text="4")], [None, Div(text="5"), Div(text="6")]])

@case
def layout_grid_boxes():
    return grid(column(Div(text="1"), row(column(Div(text="2"), Div(text="3")), Div(text="4")), row(Div(text="5"), spacing=2)), sizing_mode="stretch_both")

@case
def layout_grid_flat(): return grid([Div(text="1"), Div(text="2"), None, Div(text="4"), Div(text="5")], ncols=2)

@case
def layout_grid_rows(): return grid([Div(text=str(n)) for n in range(5)], nrows=2)


def normalize(model):
    """The wire form with models numbered as they are met."""
    rep = json.loads(json.dumps(Serializer(deferred=False).serialize(model).content))
    known = {}

    def collect(value):
        if isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, dict):
            if value.get("type") == "object" and "id" in value:
                known[value["id"]] = value
            for item in value.values():
                collect(item)

    numbers = {}

    def walk(value):
        if isinstance(value, list):
            return [walk(item) for item in value]
        if isinstance(value, float):
            return int(value) if value.is_integer() else value
        if not isinstance(value, dict):
            return value
        if "id" in value and ("type" not in value or value["type"] == "object"):
            if value["id"] in numbers:
                return {"ref": numbers[value["id"]]}
            numbers[value["id"]] = len(numbers) + 1
            full = known[value["id"]]
            attributes = {k: walk(v) for k, v in sorted(full.get("attributes", {}).items())}
            return {"model": full["name"], "attributes": attributes}
        kind = value.get("type")
        if kind == "map":
            return {"map": {k if isinstance(k, str) else json.dumps(k): walk(v) for k, v in sorted(value.get("entries", []), key=lambda e: str(e[0]))}}
        if kind == "bytes":
            return list(gzip.decompress(base64.b64decode(value["data"])))
        if kind == "number":
            return value["value"]
        if kind in ("ndarray", "typed_array"):
            from bokeh.core.serialization import Deserializer
            array = Deserializer([]).decode(value)
            return walk(array.tolist()) if array.dtype.kind != "O" else walk([normal for normal in value["array"]])
        return {k: walk(v) for k, v in value.items()}

    collect(rep)
    return walk(rep)


if __name__ == "__main__":
    expected = {name: normalize(make()) for name, make in CASES.items()}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in expected.items())
    pathlib.Path(__file__).with_name("expected.json").write_text("{\n" + lines + "\n}\n")
