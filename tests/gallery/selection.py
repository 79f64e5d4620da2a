from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import Button, ColumnDataSource, Div
from bokeh.plotting import figure

k = list(range(100))
x = [i * 37 % 101 for i in k]
source = ColumnDataSource(data=dict(x=x, y=[i * 53 % 97 for i in k]))
plot = figure(width=500, height=250, tools="box_select,lasso_select,tap,reset", title="select points")
plot.scatter("x", "y", source=source, size=7)

edges = [10 * i for i in range(10)]
bars = ColumnDataSource(data=dict(left=edges, right=[v + 10 for v in edges], top=[0 for _ in edges]))
histogram = figure(width=500, height=150, y_range=(0, 12), toolbar_location=None)
histogram.quad(left="left", right="right", top="top", bottom=0, source=bars)

text = Div(text="nothing is selected")


def selected(attr, old, indices):
    bars.data = {**bars.data, "top": [sum(x[i] // 10 * 10 == edge for i in indices) for edge in edges]}
    text.text = f"{len(indices)} points are selected"


def every_third():
    source.selected.indices = [i for i in k if i % 3 == 0]


source.selected.on_change("indices", selected)
button = Button(label="every third", name="go")
button.on_click(every_third)
curdoc().add_root(column(button, plot, histogram, text))
curdoc().title = "Selection"
