from bokeh.io import curdoc
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure
from bokeh.transform import factor_hatch

PATTERNS = ["dot", "ring", "horizontal_line", "vertical_line", "cross", "horizontal_dash", "vertical_dash", "spiral",
            "right_diagonal_line", "left_diagonal_line", "diagonal_cross"]

names = [pattern.replace("_", " ") for pattern in PATTERNS]
source = ColumnDataSource(data=dict(names=names, top=[3 + i * 5 % 7 for i in range(len(names))]))
plot = figure(title="hatches", width=600, height=350, x_range=names, tools="", y_range=(0, 10))
plot.vbar(x="names", top="top", width=0.9, source=source, fill_color=None, line_color="black",
          hatch_pattern=factor_hatch("names", PATTERNS, names), hatch_color="teal", hatch_scale=14, hatch_alpha=0.8)
plot.xaxis.major_label_orientation = "vertical"
curdoc().add_root(plot)
curdoc().title = "Hatches"
