from math import pi

import pandas as pd

from bokeh.layouts import column, row
from bokeh.models import Select
from bokeh.palettes import Spectral5
from bokeh.plotting import curdoc, figure
from bokeh.sampledata.autompg import autompg_clean

SIZES = list(range(6, 22, 3))

df = autompg_clean.drop(columns=["name", "mfr"])
df["cyl"] = df["cyl"].astype(str)
df["yr"] = df["yr"].astype(str)
columns = sorted(df.columns)
continuous = [name for name in columns if pd.api.types.is_numeric_dtype(df[name])]


def in_groups(name, items):
    return [items[i] for i in pd.qcut(df[name].values, len(items), duplicates="drop").codes]


def create_figure():
    xs = df[x.value].tolist()
    ys = df[y.value].tolist()
    x_title = x.value.title()
    y_title = y.value.title()
    kw = dict()
    if x.value not in continuous:
        kw["x_range"] = sorted(set(xs))
    if y.value not in continuous:
        kw["y_range"] = sorted(set(ys))
    kw["title"] = f"{x_title} vs {y_title}"
    p = figure(height=600, width=800, tools="pan,box_zoom,hover,reset", **kw)
    p.xaxis.axis_label = x_title
    p.yaxis.axis_label = y_title
    if x.value not in continuous:
        p.xaxis.major_label_orientation = pi / 4
    sz = 9 if size.value == "None" else in_groups(size.value, SIZES)
    c = "#31AADE" if color.value == "None" else in_groups(color.value, Spectral5)
    p.scatter(x=xs, y=ys, color=c, size=sz, line_color="white", alpha=0.6, hover_color="white", hover_alpha=0.5)
    return p


def update(attr, old, new):
    layout.children[1] = create_figure()


x = Select(title="X-Axis", value="mpg", options=columns, name="x")
y = Select(title="Y-Axis", value="hp", options=columns, name="y")
size = Select(title="Size", value="None", options=["None", *continuous], name="size")
color = Select(title="Color", value="None", options=["None", *continuous], name="color")
for menu in (x, y, size, color):
    menu.on_change("value", update)
layout = row(column(x, y, color, size, width=200), create_figure())
curdoc().add_root(layout)
curdoc().title = "Crossfilter"
