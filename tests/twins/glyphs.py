"""Every glyph, with values of each kind."""

import numpy as np
from bokeh.io import curdoc
from bokeh.layouts import gridplot, column
from bokeh.models import ColumnDataSource, CDSView, BooleanFilter, HoverTool
from bokeh.plotting import figure
from bokeh.palettes import Spectral6, Blues8

doc = curdoc()
src = ColumnDataSource(
    data=dict(
        x=[1, 2, 3],
        y=[3, 2, 1],
        r=[0.1, 0.2, 0.3],
        a=[0.0, 1.0, 2.0],
        c=["red", "green", "#0000ff"],
        t=["one", "two", "three"],
    ),
    name="src",
)
p = figure(width=400, height=400, name="p")
p.annular_wedge(x="x", y="y", inner_radius=0.1, outer_radius="r", start_angle=0, end_angle="a", source=src, color="c")
p.annulus(x="x", y="y", inner_radius=0.1, outer_radius=0.2, source=src, fill_color=None, line_color="black")
p.arc(x=[1], y=[2], radius=0.3, start_angle=0, end_angle=90, start_angle_units="deg", end_angle_units="deg")
p.bezier(x0=0, y0=0, x1=1, y1=1, cx0=0.2, cy0=0.9, cx1=0.8, cy1=0.1, line_width=2)
p.block(x="x", y="y", width=0.2, height=0.1, source=src)
p.circle(x="x", y="y", radius="r", source=src, fill_alpha=0.2, radius_dimension="max")
p.ellipse(x=[1, 2], y=[1, 2], width=[0.2, 0.3], height=0.1, angle=0.5)
p.harea(x1=[0, 1], x2=[1, 2], y=[0, 1], hatch_pattern="dot")
p.harea_step(x1=[0, 1], x2=[1, 2], y=[0, 1], step_mode="before")
p.hbar(y=[1, 2], right=[3, 4], height=0.5, left=1, color=["red", "blue"])
p.hspan(y=[1, 2], line_dash=[4, 2])
p.hstrip(y0=[1], y1=[2], alpha=0.1)
p.hex_tile(q=[0, 1], r=[0, 1], size=0.2, color="gray")
p.image_url(url=["a.png"], x=0, y=0, w=1, h=1, anchor="center")
p.line("x", "y", source=src, line_dash="dotdash", line_cap="round", line_join="bevel", legend_label="line")
p.mathml(x=[1], y=[1], text=["<math></math>"])
p.multi_line(xs=[[0, 1], [1, 2]], ys=[[0, 1], [2, 1]], color=["red", "blue"], line_width=[1, 2])
p.multi_polygons(xs=[[[[0, 1, 1, 0]]]], ys=[[[[0, 0, 1, 1]]]], color="orange")
p.ngon(x=[1], y=[1], angle=10, radius=0.2, n=5, angle_units="deg")
p.patch(x=[0, 1, 1], y=[0, 0, 1], fill_color="#abc")
p.quadratic(x0=[0], y0=[0], x1=[1], y1=[1], cx=[0.5], cy=[1])
p.ray(x=[0], y=[0], length=10, angle=[0.7], length_units="data")
p.rect(x="x", y="y", width=0.1, height=0.2, source=src, angle=0.1, border_radius=3)
p.step(x=[0, 1, 2], y=[0, 1, 0], mode="center")
p.tex(x=[1], y=[1], text=["x^2"], display="block")
p.text(
    x="x",
    y="y",
    text="t",
    source=src,
    text_font_size="14px",
    text_color="c",
    text_align="center",
    text_baseline="middle",
    x_offset=2,
    background_fill_color="white",
    padding=4,
)
p.varea_step(x=[0, 1], y1=[0, 0], y2=[1, 1])
p.vspan(x=3, line_width=2)
p.vstrip(x0=[1], x1=[2], fill_color="yellow")
p.scatter(
    "x",
    "y",
    source=src,
    marker="diamond",
    size="r",
    fill_color="c",
    nonselection_fill_alpha=0.1,
    selection_color="red",
    hover_fill_color="firebrick",
    muted_alpha=0.3,
    view=CDSView(filter=BooleanFilter([True, False, True])),
)
q = figure(width=300, height=300, name="q", x_range=(0, 4), y_range=(0, 4), tools="", toolbar_location=None)
img = np.arange(16, dtype=np.uint32).reshape(4, 4) * 1000 + 4278190080
q.image_rgba(image=[img.astype(np.uint32)], x=0, y=0, dw=4, dh=4)
q.image(
    image=[np.arange(6, dtype=np.float32).reshape(2, 3)],
    x=[0],
    y=[0],
    dw=[2],
    dh=[2],
    palette=Spectral6,
    level="image",
    anchor="top_right",
    origin="bottom_left",
)
stack = ColumnDataSource(data=dict(x=[1, 2], a=[1, 2], b=[2, 1]), name="stack")
q.vbar_stack(["a", "b"], x="x", width=0.5, color=["red", "blue"], source=stack, legend_label=["A", "B"])
q.hbar_stack(["a", "b"], y="x", height=0.5, color=["red", "blue"], source=stack)
q.varea_stack(["a", "b"], x="x", color=["red", "blue"], source=stack)
q.harea_stack(["a", "b"], y="x", color=["red", "blue"], source=stack)
q.vline_stack(["a", "b"], x="x", source=stack, color="black")
q.hline_stack(["a", "b"], y="x", source=stack, line_width=2)
doc.add_root(column(p, q))
