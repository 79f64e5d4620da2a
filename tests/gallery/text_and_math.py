import math

from bokeh.io import curdoc
from bokeh.models import Label
from bokeh.plotting import figure

x = [-4 + i / 10 for i in range(81)]
plot = figure(title=r"$$\text{A normal distribution of } \mu = 0, \sigma = 1$$", width=600, height=350)
plot.line(x, [math.exp(-v * v / 2) / math.sqrt(2 * math.pi) for v in x], line_width=2)
plot.xaxis.axis_label = "$$x$$"
plot.yaxis.axis_label = "$$f(x)$$"
plot.add_layout(Label(x=1, y=0.3, text=r"$$f(x) = \frac{1}{\sigma\sqrt{2\pi}} e^{-\frac{x^2}{2}}$$", text_font_size="14px"))
plot.text(x=[-3, -2.5], y=[0.3, 0.2], text=["at an angle", "two\nlines"], angle=[0.5, 0], text_color=["teal", "maroon"])
curdoc().add_root(plot)
curdoc().title = "Text and mathematics"
