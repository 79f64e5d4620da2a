import pandas as pd

from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, PreText, Select
from bokeh.plotting import curdoc, figure
from bokeh.sampledata.stocks import data as stocks

DEFAULT_TICKERS = ["AAPL", "FB", "GOOG", "IBM", "MSFT"]


def nix(val, lst):
    return [x for x in lst if x != val]


def get_data(t1, t2):
    closes = stocks.pivot(index="date", columns="ticker", values="close")[[t1, t2]].dropna()
    returns = closes.diff()
    data = pd.DataFrame(dict(t1=closes[t1], t2=closes[t2], t1_returns=returns[t1], t2_returns=returns[t2])).dropna()
    return data


def columns_of(data):
    dates = [time.timestamp() * 1000 for time in data.index]
    return dict(date=dates, **{name: data[name].to_numpy() for name in data.columns})


source = ColumnDataSource(data=columns_of(get_data("AAPL", "GOOG")), name="days")
source_static = ColumnDataSource(data=columns_of(get_data("AAPL", "GOOG")))

corr = figure(width=370, height=350, min_border_left=60, tools="pan,wheel_zoom,box_select,reset",
              active_drag="box_select")
corr.scatter("t1_returns", "t2_returns", size=3, source=source, selection_color="orange", alpha=0.8,
             nonselection_alpha=0.1, selection_alpha=0.5)
ts1 = figure(width=900, height=200, x_axis_type="datetime", tools="pan,wheel_zoom,xbox_select,reset",
             active_drag="xbox_select")
ts1.line("date", "t1", source=source_static)
ts1.scatter("date", "t1", size=3, source=source, color=None, selection_color="orange")
ts2 = figure(width=900, height=200, x_axis_type="datetime", tools="pan,wheel_zoom,xbox_select,reset",
             active_drag="xbox_select")
ts2.line("date", "t2", source=source_static)
ts2.scatter("date", "t2", size=3, source=source, color=None, selection_color="orange")
ts2.x_range = ts1.x_range

stats = PreText(text="", width=500)
ticker1 = Select(value="AAPL", options=nix("GOOG", DEFAULT_TICKERS), name="ticker1")
ticker2 = Select(value="GOOG", options=nix("AAPL", DEFAULT_TICKERS), name="ticker2")


def update_stats(data, t1, t2):
    table = data.describe()
    lines = ["".ljust(6) + "".join(name.rjust(11) for name in (t1, t2, f"Δ{t1}", f"Δ{t2}"))]
    lines += [name.ljust(6) + "".join(f"{value:.4f}".rjust(11) for value in table.loc[name]) for name in table.index]
    stats.text = "\n".join(lines)


def update(attr, old, new):
    t1, t2 = ticker1.value, ticker2.value
    ticker1.options = nix(t2, DEFAULT_TICKERS)
    ticker2.options = nix(t1, DEFAULT_TICKERS)
    data = get_data(t1, t2)
    source.data = columns_of(data)
    source.selected.indices = []
    source_static.data = columns_of(data)
    corr.title.text = f"{t1} returns vs. {t2} returns"
    ts1.title.text, ts2.title.text = t1, t2
    update_stats(data, t1, t2)


def selection_change(attrname, old, new):
    t1, t2 = ticker1.value, ticker2.value
    data = get_data(t1, t2)
    if selected := source.selected.indices:
        data = data.iloc[selected, :]
    update_stats(data, t1, t2)


ticker1.on_change("value", update)
ticker2.on_change("value", update)
source.selected.on_change("indices", selection_change)
update("value", None, None)

widgets = column(row(ticker1, ticker2), stats)
curdoc().add_root(column(row(corr, widgets), column(ts1, ts2)))
curdoc().title = "Stocks"
