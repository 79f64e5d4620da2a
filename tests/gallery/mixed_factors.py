from bokeh.io import curdoc
from bokeh.models import FactorRange
from bokeh.palettes import TolPRGn4
from bokeh.plotting import figure

QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

months = [(QUARTERS[i // 3], month) for i, month in enumerate(MONTHS)]
fill_color, line_color = TolPRGn4[2:]
plot = figure(x_range=FactorRange(factors=months, range_padding=0.1), y_range=(0, 18), width=550, height=350, tools="",
              toolbar_location=None)
plot.vbar(x=months, top=[10, 13, 16, 9, 10, 8, 12, 13, 14, 14, 12, 16], width=0.8, fill_color=fill_color, fill_alpha=0.8,
          line_color=line_color, line_width=1.2)
quarterly = [13, 9, 13, 14]
plot.line(x=QUARTERS, y=quarterly, color=line_color, line_width=3)
plot.scatter(x=QUARTERS, y=quarterly, size=10, line_color=line_color, fill_color="white", line_width=3)
plot.xaxis.major_label_orientation = 1
plot.xgrid.grid_line_color = None
curdoc().add_root(plot)
curdoc().title = "Mixed factors"
