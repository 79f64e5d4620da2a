from bokeh.core.properties import field
from bokeh.io import curdoc
from bokeh.models import ColumnDataSource, FactorRange, Range1d, WheelZoomTool, ZoomInTool, ZoomOutTool
from bokeh.palettes import Category10
from bokeh.plotting import figure

CHANNELS = ["EEG 1", "EEG 2", "EEG 3", "EEG 4", "EEG 5"]

time = [i / 20 for i in range(300)]
waves = [[(t * (channel + 3) * 4) % 7 - 3 for t in time] for channel in range(len(CHANNELS))]
source = ColumnDataSource(data=dict(time=time, **dict(zip(CHANNELS, waves))))
plot = figure(title="channels", width=500, height=350, x_range=Range1d(start=0, end=15), y_range=FactorRange(factors=CHANNELS),
              tools="pan,reset")
renderers = []
for i, name in enumerate(CHANNELS):
    part = plot.subplot(x_source=plot.x_range, y_source=Range1d(start=-3, end=4), x_target=plot.x_range,
                        y_target=Range1d(start=i, end=i + 1))
    renderers.append(part.line(field("time"), field(name), color=Category10[5][i], source=source, name=name))
zoom = dict(renderers=renderers, level=1, dimensions="height")
wheel = WheelZoomTool(hit_test=True, hit_test_mode="hline", **zoom)
plot.add_tools(wheel, ZoomInTool(**zoom), ZoomOutTool(**zoom))
plot.toolbar.active_scroll = wheel
curdoc().add_root(plot)
curdoc().title = "Subcoordinates"
