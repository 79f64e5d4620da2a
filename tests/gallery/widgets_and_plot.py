from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import Button, ColumnDataSource, DataTable, Select, Slider, TableColumn
from bokeh.plotting import figure

SHAPES = {
    "parabola": lambda t: t * t,
    "cubic": lambda t: t * t * t,
    "hat": lambda t: 1 - abs(t),
}

shape = Select(title="shape", value="parabola", options=list(SHAPES), width=180)
count = Slider(title="points", start=5, end=50, value=20, width=180)
source = ColumnDataSource(data=dict(x=[], y=[]))


def update(attr, old, new):
    x = [-1 + (2 * i) / count.value for i in range(count.value + 1)]
    source.data = dict(x=x, y=[SHAPES[shape.value](t) for t in x])


shape.on_change("value", update)
count.on_change("value", update)
update("value", None, None)
plot = figure(width=400, height=300, title="shape")
plot.line("x", "y", source=source)
plot.scatter("x", "y", source=source, fill_color="white", size=8)
columns = [TableColumn(field="x", title="x"), TableColumn(field="y", title="y")]
table = DataTable(source=source, columns=columns, width=180, height=160, index_position=None)
button = Button(label="a cubic of ten points", name="go", width=180)


def cubic():
    shape.value = "cubic"
    count.value = 10


button.on_click(cubic)
curdoc().add_root(row(column(shape, count, button, table), plot))
curdoc().title = "A dashboard"
