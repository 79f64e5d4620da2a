from math import exp

from seeded_random import SeededRandom

from bokeh.driving import count
from bokeh.io import curdoc
from bokeh.layouts import column, gridplot, row
from bokeh.models import ColumnDataSource, DataRange1d, Select, Slider
from bokeh.plotting import figure


def moving(prices, days):
    return 100 if len(prices) < days else sum(prices[-days:]) / days


def exponential(prices, days):
    if len(prices) < days:
        return prices[-1]
    weights = [(1 - 2 / (days + 1)) ** age for age in range(days)]
    return sum(weight * prices[-1 - age] for age, weight in enumerate(weights)) / sum(weights)


AVERAGES = {
    "12-tick Moving Avg": lambda prices: moving(prices, 12),
    "26-tick Moving Avg": lambda prices: moving(prices, 26),
    "12-tick EMA": lambda prices: exponential(prices, 12),
    "26-tick EMA": lambda prices: exponential(prices, 26),
}
random = SeededRandom(1)
columns = ["time", "average", "low", "high", "open", "close", "ma", "macd", "macd9", "difference", "color"]
source = ColumnDataSource(data={name: [] for name in columns}, name="bars")

options = dict(width=720, tools="xpan,xwheel_zoom,xbox_zoom,reset", y_axis_location="right",
               x_range=DataRange1d(follow="end", follow_interval=100, range_padding=0))
prices = figure(**options, height=280, x_axis_type=None)
prices.line("time", "average", source=source, alpha=0.2, line_width=3, color="navy")
prices.line("time", "ma", source=source, alpha=0.8, line_width=2, color="orange")
prices.segment(x0="time", y0="low", x1="time", y1="high", source=source, line_width=2, color="black")
prices.segment(x0="time", y0="open", x1="time", y1="close", source=source, line_width=8, color="color")
indicator = figure(**options, height=160)
indicator.line("time", "macd", source=source, color="red")
indicator.line("time", "macd9", source=source, color="blue")
indicator.segment(x0="time", y0=0, x1="time", y1="difference", source=source, line_width=6, color="black", alpha=0.5)

mean = Slider(title="mean", value=0, start=-0.01, end=0.01, step=0.001, width=220)
deviation = Slider(title="stddev", value=0.04, start=0.01, end=0.1, step=0.01, width=220)
shown = Select(name="average", value="12-tick Moving Avg", options=list(AVERAGES), width=200)


@count()
def tick(time):
    data = source.data
    last = data["average"][-1] if len(data["average"]) else 100
    average = last * exp(random.normal(mean.value, deviation.value))
    high = average * exp(random.exponential(0.03))
    low = average / exp(random.exponential(0.03))
    open = random.uniform(0.05, 0.95) * (high - low) + low
    close = random.uniform(0.05, 0.95) * (high - low) + low
    closes = [*data["close"], close]
    macd = exponential(closes, 12) - exponential(closes, 26)
    macd9 = exponential([*data["macd"], macd], 9)
    bar = (time, average, low, high, open, close, AVERAGES[shown.value](closes), macd, macd9, macd - macd9,
           "green" if open < close else "red")
    source.stream({name: [value] for name, value in zip(columns, bar)}, 300)


curdoc().add_periodic_callback(tick, 50)
curdoc().add_root(column(row(mean, deviation, shown), gridplot([[prices], [indicator]], toolbar_location="left")))
curdoc().title = "OHLC"
