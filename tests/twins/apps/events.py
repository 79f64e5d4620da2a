from seeded_random import SeededRandom

from bokeh import events
from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import Button, CustomJS, Div
from bokeh.plotting import figure

POINT = ["x", "y", "sx", "sy"]
CODE = """
        const { to_string } = Bokeh.require("core/util/pretty")
        const values = attributes.map((name) => name + "=" + to_string(cb_obj[name], { precision: 2 }))
        const line = "<b>" + cb_obj.event_name + "</b>(" + values.join(", ") + ")<br>\\n"
        div.text = div.text.concat(line).split("\\n").slice(-35).join("\\n")
      """


def display_event(attributes=[]):
    return CustomJS(args=dict(div=div, attributes=attributes), code=CODE)


def print_event(attributes=[]):
    def python_callback(event):
        attrs = ", ".join(f"{attr}={event.__dict__[attr]}" for attr in attributes)
        print(f"{event.__class__.__name__}({attrs})")
    return python_callback


random = SeededRandom(11)
x, y, radii = ([random.uniform(0, end) for _ in range(1000)] for end in (100, 100, 1.5))
colors = [f"rgb({int(50 + 2 * a)}, {int(30 + 2 * b)}, 150)" for a, b in zip(x, y)]
p = figure(tools="pan,wheel_zoom,zoom_in,zoom_out,reset,tap,lasso_select,box_select,box_zoom,undo,redo")
p.circle(x, y, radius=radii, fill_color=colors, fill_alpha=0.6, line_color=None)

div = Div(width=1000)
button = Button(label="Button", button_type="success", width=300)
button.js_on_event(events.ButtonClick, display_event())
button.on_event(events.ButtonClick, print_event())
for event, attributes in [
    (events.LODStart, []),
    (events.LODEnd, []),
    (events.Tap, POINT),
    (events.DoubleTap, POINT),
    (events.Press, POINT),
    (events.MouseWheel, [*POINT, "delta"]),
    (events.MouseEnter, POINT),
    (events.MouseLeave, POINT),
    (events.Pan, [*POINT, "delta_x", "delta_y"]),
    (events.PanStart, POINT),
    (events.PanEnd, POINT),
    (events.Pinch, [*POINT, "scale"]),
    (events.PinchStart, POINT),
    (events.PinchEnd, POINT),
    (events.SelectionGeometry, ["geometry", "final"]),
    (events.RangesUpdate, ["x0", "x1", "y0", "y1"]),
    (events.Reset, []),
]:
    p.js_on_event(event, display_event(attributes))
    p.on_event(event, print_event(attributes))
curdoc().add_root(column(button, row(p, div)))
curdoc().title = "Events"
