from bokeh.io import curdoc
from bokeh.layouts import gridplot
from bokeh.plotting import figure

x = list(range(11))
first = figure(title="first")
first.scatter(x, x, size=12, color="navy", alpha=0.5)
second = figure(title="both", x_range=first.x_range, y_range=first.y_range)
second.scatter(x, [10 - v for v in x], size=12, color="firebrick", alpha=0.5, marker="triangle")
third = figure(title="x only", x_range=first.x_range)
third.scatter(x, [abs(v - 5) for v in x], size=12, color="olive", alpha=0.5, marker="square")
curdoc().add_root(gridplot([[first, second, third]], width=230, height=250, toolbar_location="right"))
curdoc().title = "Linked panning"
