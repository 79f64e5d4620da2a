from bokeh.io import curdoc
from bokeh.layouts import row
from bokeh.models import Legend
from bokeh.palettes import Spectral4
from bokeh.plotting import figure

x = list(range(30))
muting = figure(title="click to mute", width=320, height=300)
hiding = figure(title="click to hide", width=380, height=300)
hiding.add_layout(Legend(), "right")
for k, color in enumerate(Spectral4):
    y = [(k + 1) * i + (i * 37 % 11) for i in x]
    look = dict(line_width=2, color=color, alpha=0.8, legend_label=f"line {k + 1}")
    muting.line(x, y, **look, muted_color=color, muted_alpha=0.2)
    hiding.line(x, y, **look)
muting.legend.location = "top_left"
muting.legend.click_policy = "mute"
hiding.legend.click_policy = "hide"
hiding.legend.title = "lines"
curdoc().add_root(row(muting, hiding))
curdoc().title = "Interactive legend"
