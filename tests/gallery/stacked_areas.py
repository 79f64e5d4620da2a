from bokeh.io import curdoc
from bokeh.models import ColumnDataSource
from bokeh.palettes import Spectral10
from bokeh.plotting import figure

names = [f"y{k}" for k in range(10)]
columns = {name: [10 + (i * 37 + k * 53) % 91 for i in range(20)] for k, name in enumerate(names)}
source = ColumnDataSource(data=dict(index=list(range(20)), **columns))
plot = figure(x_range=(0, 19), y_range=(0, 800), width=600, height=350, title="areas")
plot.grid.minor_grid_line_color = "#eeeeee"
plot.varea_stack(names, x="index", color=Spectral10, legend_label=names, source=source)
plot.legend.orientation = "horizontal"
plot.legend.label_text_font_size = "10px"
plot.legend.spacing = 0
curdoc().add_root(plot)
curdoc().title = "Stacked areas"
