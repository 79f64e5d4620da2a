from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import (
    Button, Checkbox, CheckboxButtonGroup, CheckboxGroup, Div, Dropdown, HelpButton, Paragraph, PreText, Progress,
    RadioButtonGroup, RadioGroup, Switch, TablerIcon, Toggle, Tooltip,
)

labels = ["one", "two", "three"]
left = column([
    Button(label="default"),
    Button(label="primary", button_type="primary", icon=TablerIcon(icon_name="star")),
    Toggle(label="toggle", button_type="success", active=True),
    Dropdown(label="menu", button_type="warning", menu=[("One", "1"), None, ("Two", "2")]),
    Dropdown(label="split", split=True, menu=["a", "b"]),
    HelpButton(tooltip=Tooltip(content="help", position="right")),
    Progress(value=40, max=100, width=200),
])
right = column([
    CheckboxGroup(labels=labels, active=[0, 2]),
    RadioGroup(labels=labels, active=1, inline=True),
    CheckboxButtonGroup(labels=labels, active=[1], button_type="danger"),
    RadioButtonGroup(labels=labels, active=0, orientation="vertical"),
    row(Checkbox(label="check", active=True), Switch(active=True, label="switch")),
    Div(text="A <b>div</b> with <code>HTML</code>", styles={"color": "teal"}),
    Paragraph(text="A paragraph of text that is not <b>HTML</b>", width=250),
    PreText(text="def f(x):\n    return x"),
])
curdoc().add_root(row(left, right))
curdoc().title = "Buttons"
