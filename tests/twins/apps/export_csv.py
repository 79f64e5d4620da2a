from math import floor

from seeded_random import SeededRandom

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import Button, ColumnDataSource, CustomJS, DataTable, NumberFormatter, RangeSlider, TableColumn

FIRST = ["Ada", "Grace", "Emmy", "Alan", "Kurt", "Sofia", "Carl", "Rose", "Mary", "Mark"]
LAST = ["Baker", "Brown", "Cook", "Green", "Hill", "King", "Wood", "Young"]
random = SeededRandom(3)
people = []
for first in FIRST:
    for last in LAST:
        years = floor(random.uniform(0, 12))
        salary = floor(random.uniform(20_000, 50_000) + 5000 * years + 0.5)
        people.append((f"{first} {last}", salary, years))

slider = RangeSlider(title="Salary", name="salary", start=10_000, end=110_000, step=1000, value=(10_000, 50_000),
                     format="0,0")


def shown():
    low, high = slider.value
    rows = [person for person in people if low <= person[1] <= high]
    return {name: [row[i] for row in rows] for i, name in enumerate(["name", "salary", "years"])}


source = ColumnDataSource(data=shown())
slider.on_change("value", lambda attr, old, new: source.update(data=shown()))
columns = [
    TableColumn(field="name", title="Employee"),
    TableColumn(field="salary", title="Income", formatter=NumberFormatter(format="$0,0.00")),
    TableColumn(field="years", title="Experience (years)"),
]
# Python's server has no downloads: a callback in the browser would make the file.
button = Button(label="Download", button_type="success")
curdoc().add_root(row(column(slider, button), DataTable(source=source, columns=columns, width=400)))
curdoc().title = "CSV export"
