"""100,000 points in two columns of float64."""
import numpy as np

from bokeh.io import curdoc
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

n = 100_000
i = np.arange(n, dtype=np.float64)
source = ColumnDataSource(data=dict(x=i / n, y=(i * 7919 % n) / n), name="source")
plot = figure(height=500, width=500, output_backend="webgl", name="plot")
plot.scatter("x", "y", source=source)
curdoc().add_root(plot)
curdoc().title = "Points"
