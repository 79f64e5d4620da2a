from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import Div, GroupBox, TabPanel, Tabs, TextInput
from bokeh.plotting import figure

circles = figure(width=400, height=250)
circles.scatter([1, 2, 3, 4, 5], [6, 7, 2, 4, 5], size=20, color="navy", alpha=0.5)
line = figure(width=400, height=250)
line.line([1, 2, 3, 4, 5], [6, 7, 2, 4, 5], line_width=3, color="navy", alpha=0.5)
form = column(Div(text="<b>Who are you?</b>"), TextInput(title="name", placeholder="Ada"))
tabs = Tabs(active=1, tabs=[
    TabPanel(child=circles, title="circles"),
    TabPanel(child=line, title="line", closable=True),
    TabPanel(child=form, title="form", disabled=True),
])
box = GroupBox(title="settings", checkable=True, child=Div(text="in a box"), width=380)
curdoc().add_root(column(tabs, box))
curdoc().title = "Tabs"
