"""A density image of 10 million points, with hvplot and Datashader."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import holoviews as hv
import hvplot.pandas  # noqa: F401
import panel as pn
from bokeh.io import curdoc
from large_points_data import data

pn.extension()
plot = data.hvplot.scatter(x="x", y="y", rasterize=True, cnorm="log", width=800, height=400, colorbar=False)
pn.panel(plot).server_doc(curdoc())
curdoc().title = "Large points"
