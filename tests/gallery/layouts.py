from bokeh.io import curdoc
from bokeh.layouts import column, grid, layout, row
from bokeh.models import Div, Spacer
from bokeh.plotting import figure


def colored(color, text):
    return Div(text=text, height=60, sizing_mode="stretch_width", styles={"background-color": color, "padding": "5px"})


plot = figure(height=150, sizing_mode="stretch_width", toolbar_location=None, title="stretches")
plot.line([0, 1, 2], [1, 0, 1])
boxes = row([colored("lightblue", "1"), Spacer(width=20), colored("lightgreen", "2")], sizing_mode="stretch_width")
cells = grid([[colored("gold", "a"), colored("tan", "b")], [colored("pink", "c"), None]], sizing_mode="stretch_width")
nested = layout([[colored("silver", "x"), [colored("gray", "y"), colored("white", "z")]]], sizing_mode="stretch_width")
curdoc().add_root(column([plot, boxes, cells, nested], width=600, spacing=8, margin=5))
curdoc().title = "Layouts"
