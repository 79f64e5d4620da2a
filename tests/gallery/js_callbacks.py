from bokeh.events import ButtonClick
from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import Button, ColumnDataSource, CustomJS, Slider, Toggle
from bokeh.plotting import figure

x = [i / 50 for i in range(51)]
source = ColumnDataSource(data=dict(x=x, y=[*x]))
plot = figure(width=400, height=300, title="power", x_range=(0, 1), y_range=(0, 1))
line = plot.line("x", "y", source=source, line_width=3, line_alpha=0.6)

power = Slider(title="power", start=0.1, end=4, step=0.1, value=1)
power.js_on_change("value", CustomJS(
    args=dict(source=source), code="source.data = { ...source.data, y: source.data.x.map((v) => v ** cb_obj.value) }"))
width = Slider(title="line width", start=1, end=10, value=3)
width.js_link("value", line.glyph, "line_width")
visible = Toggle(label="visible", active=True, button_type="success")
visible.js_link("active", line, "visible")
reset = Button(label="reset")
reset.js_on_event(ButtonClick, CustomJS(args=dict(power=power, width=width), code="power.value = 1; width.value = 3"))
curdoc().add_root(row(plot, column(power, width, visible, reset)))
curdoc().title = "JavaScript callbacks"
