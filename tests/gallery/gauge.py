import math

from bokeh.core.properties import value
from bokeh.io import curdoc
from bokeh.models import Arc, Circle, ColumnDataSource, Plot, PolarTransform, Range1d, Ray, Text

MOST = 240
START = 1.25 * math.pi
TURN = 1.5 * math.pi


def angle_of(speed):
    return START - TURN * speed / MOST


plot = Plot(x_range=Range1d(start=-1.25, end=1.25), y_range=Range1d(start=-1.25, end=1.25), width=400, height=400, toolbar_location=None)
plot.outline_line_color = None
plot.add_glyph(Circle(x=0, y=0, radius=1, fill_color="white", line_color="black"))
plot.add_glyph(Arc(x=0, y=0, radius=0.8, start_angle=START, end_angle=START - TURN, direction="clock", line_width=3))

speeds = [i * 20 for i in range(13)]
angles = [angle_of(speed) for speed in speeds]
source = ColumnDataSource(data=dict(angles=angles, turned=[angle - math.pi / 2 for angle in angles], texts=[str(speed) for speed in speeds]))
inner = PolarTransform(radius=0.8, angle="angles")
plot.add_glyph(source, Ray(x=inner.x, y=inner.y, length=value(0.08, units="data"), angle="angles", line_color="firebrick", line_width=2))
outer = PolarTransform(radius=0.65, angle="angles")
plot.add_glyph(source, Text(x=outer.x, y=outer.y, text="texts", angle="turned", text_align="center", text_baseline="middle",
                            text_font_size="13px"))

plot.add_glyph(Ray(x=0, y=0, length=value(0.75, units="data"), angle=angle_of(88), line_color="black", line_width=4))
plot.add_glyph(Circle(x=0, y=0, radius=0.06, fill_color="gray", line_color="black"))
plot.add_glyph(Text(x=0, y=-0.4, text=value("km/h"), text_color="firebrick", text_align="center"))
curdoc().add_root(plot)
curdoc().title = "Gauge"
