from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import (
    AutocompleteInput, ColorPicker, FileInput, MultiChoice, MultiSelect, NumericInput, PaletteSelect, PasswordInput, Select,
    Spinner, TextAreaInput, TextInput,
)

options = ["apple", "banana", "cherry", "date"]
left = column([
    TextInput(title="text", value="some text", prefix="$"),
    TextAreaInput(title="area", value="two\nlines", rows=3, max_length=100),
    PasswordInput(title="password", placeholder="secret"),
    AutocompleteInput(title="autocomplete", completions=options, case_sensitive=False),
    NumericInput(title="number", value=4, low=0, high=10),
    Spinner(title="spinner", value=2.5, low=0, high=10, step=0.5),
])
right = column([
    Select(title="select", value="c", options=[*options, ("c", "a fruit with another label")]),
    Select(title="groups", value="carrot", options=dict(fruits=options, vegetables=["carrot", "leek"])),
    MultiSelect(title="several", value=["apple", "date"], options=options, size=4),
    MultiChoice(title="choices", value=["banana"], options=options, max_items=2),
    ColorPicker(title="color", color="#339966"),
    FileInput(title="file", accept=[".csv", ".json"], multiple=True),
    PaletteSelect(title="palette", value="two", items=[("one", ["red", "gold"]), ("two", ["navy", "teal", "lime"])]),
])
curdoc().add_root(row(left, right))
curdoc().title = "Inputs"
