from bokeh.io import curdoc
from bokeh.models import FixedTicker, PrintfTickFormatter
from bokeh.palettes import PuBu8
from bokeh.plotting import figure

phrases = ["Certain", "Likely", "Probable", "Possible", "Even", "Doubtful", "Unlikely", "Never"]
x = list(range(101))
plot = figure(y_range=phrases, width=600, height=350, x_range=(-5, 105), toolbar_location=None)
for k, phrase in enumerate(phrases):
    hill = [(phrase, 1.5 / (1 + ((v - 95 + 12 * k) / 8) ** 2)) for v in x]
    plot.patch([*x, 100, 0], [*hill, (phrase, 0), (phrase, 0)], color=PuBu8[k], alpha=0.6, line_color="black")
plot.outline_line_color = None
plot.background_fill_color = "#efefef"
plot.xaxis.ticker = FixedTicker(ticks=[0, 25, 50, 75, 100])
plot.xaxis.formatter = PrintfTickFormatter(format="%d%%")
plot.ygrid.grid_line_color = None
plot.xgrid.grid_line_color = "#dddddd"
plot.y_range.range_padding = 0.3
curdoc().add_root(plot)
curdoc().title = "Ridgeline"
