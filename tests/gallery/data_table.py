from datetime import datetime, timezone

from bokeh.io import curdoc
from bokeh.models import (
    BooleanFormatter, ColumnDataSource, DataTable, DateFormatter, GroupingInfo, HTMLTemplateFormatter, NumberEditor,
    NumberFormatter, SelectEditor, StringEditor, StringFormatter, SumAggregator, TableColumn,
)

DAY = 24 * 3600 * 1000

k = list(range(10))
fruits = ["Apples", "Pears", "Plums"]
source = ColumnDataSource(data=dict(
    date=[datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp() * 1000 + i * DAY for i in k],
    fruit=[fruits[i % 3] for i in k],
    amount=[i * 37 % 23 for i in k],
    price=[1.5 + i / 4 for i in k],
    paid=[i % 2 == 0 for i in k],
))
source.selected.indices = [1, 4]
right = StringFormatter(text_align="right", font_style="bold")
columns = [
    TableColumn(field="date", title="Date", formatter=DateFormatter(format="%d %b %Y")),
    TableColumn(field="fruit", title="Fruit", formatter=right, editor=SelectEditor(options=fruits)),
    TableColumn(field="amount", title="Amount", editor=NumberEditor(step=1)),
    TableColumn(field="price", title="Price", formatter=NumberFormatter(format="$0.00")),
    TableColumn(field="paid", title="Paid", formatter=BooleanFormatter()),
    TableColumn(field="fruit", title="HTML", formatter=HTMLTemplateFormatter(template="<i><%= value %></i>"),
                editor=StringEditor()),
]
table = DataTable(source=source, columns=columns, width=600, height=280, editable=True, selectable="checkbox")
table.tags = [GroupingInfo(getter="fruit", aggregators=[SumAggregator(field_="amount")])]
curdoc().add_root(table)
curdoc().title = "Data table"
