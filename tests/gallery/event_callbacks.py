from bokeh.events import ButtonClick, DoubleTap, PanEnd, Reset, SelectionGeometry, Tap
from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import Button, ColumnDataSource, PreText
from bokeh.plotting import figure

source = ColumnDataSource(data=dict(x=[2, 5], y=[3, 6]))
plot = figure(width=500, height=300, title="tap here", tools="pan,tap,box_select,reset", x_range=(0, 10), y_range=(0, 10))
plot.scatter("x", "y", source=source, size=14, color="tomato")
log = PreText(text="nothing yet")


def note(event):
    log.text = event.event_name


def clear(event):
    source.data = dict(x=[], y=[])


def clicked(event):
    log.text = f"{event.event_name} of {type(event.model).__name__}"


plot.on_event(Tap, lambda event: source.stream(dict(x=[event.x], y=[event.y])))
plot.on_event(DoubleTap, clear)
for event in (PanEnd, Reset, SelectionGeometry):
    plot.on_event(event, note)
button = Button(label="a button", name="go", button_type="primary")
button.on_event(ButtonClick, clicked)
curdoc().add_root(column(button, plot, log))
curdoc().title = "Event callbacks"
