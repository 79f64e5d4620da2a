from datetime import datetime, timezone

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import (
    CategoricalSlider, DatePicker, DateRangePicker, DateRangeSlider, DateSlider, DatetimePicker, MultipleDatePicker,
    RangeSlider, Slider, TimePicker,
)


def day(month, date):
    return datetime(2024, month, date, tzinfo=timezone.utc).timestamp() * 1000


sliders = column([
    Slider(title="number", start=0, end=10, step=0.1, value=3, bar_color="teal"),
    Slider(title="vertical", start=0, end=5, value=1, orientation="vertical", direction="rtl", height=120),
    RangeSlider(title="range", start=0, end=10, value=(2, 7), format="0.00"),
    CategoricalSlider(title="weekday", categories=["Mon", "Tue", "Wed"], value="Tue"),
    DateSlider(title="date", start=day(1, 1), end=day(12, 31), value=day(2, 29), step=1),
    DateRangeSlider(title="dates", start=day(1, 1), end=day(12, 31), value=(day(3, 1), day(5, 31))),
])
pickers = column([
    DatePicker(title="date", value="2024-02-29", min_date="2024-01-01", disabled_dates=["2024-02-14"]),
    DateRangePicker(title="from and to", value=("2024-03-01", "2024-03-15")),
    MultipleDatePicker(title="several dates", value=["2024-03-01", "2024-03-15"], separator=", "),
    DatetimePicker(title="date and time", value=datetime(2024, 2, 29, 12, 30)),
    TimePicker(title="time", value="12:30:00", hour_increment=2, seconds=True),
])
curdoc().add_root(row(sliders, pickers))
curdoc().title = "Sliders and pickers"
