import math
from datetime import datetime, timedelta, timezone

from bokeh.io import curdoc
from bokeh.models import BoxAnnotation, ColumnDataSource, DatetimeTickFormatter
from bokeh.plotting import figure

DAY = 24 * 3600 * 1000
start = datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp() * 1000
date = [datetime(2024, 1, 1) + timedelta(days=i) for i in range(90)]
price = [100 + (i * i) / 300 + ((i * 37) % 23) / 2 for i in range(90)]
source = ColumnDataSource(data=dict(date=date, price=price))
plot = figure(x_axis_type="datetime", width=600, height=300, title="prices", y_axis_label="dollars")
plot.line("date", "price", source=source, color="navy")
plot.scatter("date", "price", source=source, size=3, color="navy", alpha=0.5)
plot.add_layout(BoxAnnotation(left=start + 29 * DAY, right=start + 59 * DAY, fill_color="orange", fill_alpha=0.2))
plot.xaxis[0].formatter = DatetimeTickFormatter(days="%d %b", months="%B")
plot.xaxis.major_label_orientation = math.pi / 4
curdoc().add_root(plot)
curdoc().title = "Datetime axis"
