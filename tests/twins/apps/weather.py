from pathlib import Path

import numpy as np
import pandas as pd

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, DataRange1d, Select
from bokeh.palettes import Blues4
from bokeh.plotting import figure

STATISTICS = ["record_min_temp", "actual_min_temp", "average_min_temp", "average_max_temp", "actual_max_temp",
              "record_max_temp"]


def savgol_filter(values, window, order):
    """Does the same as the function of scipy.signal."""
    half = window // 2
    q, _ = np.linalg.qr(np.vander(np.arange(-half, half + 1) / half, order + 1))
    smoothed = []
    for i in range(len(values)):
        middle = min(max(i, half), len(values) - 1 - half)
        smoothed.append(q[i - middle + half] @ (q.T @ values[middle - half:middle + half + 1]))
    return np.array(smoothed)


def get_dataset(src, name, distribution):
    df = src[src.airport == name].copy()
    del df["airport"]
    df["date"] = [pd.Timestamp(date).timestamp() * 1000 for date in df.date]
    df["left"] = df.date - 12 * 3600 * 1000
    df["right"] = df.date + 12 * 3600 * 1000
    df = df.sort_values("date")
    if distribution == "Smoothed":
        for key in STATISTICS:
            df[key] = savgol_filter(df[key].to_numpy(), 51, 3)
    return ColumnDataSource(data={name: df[name].to_numpy() for name in df.columns})


def make_plot(source, title):
    plot = figure(x_axis_type="datetime", width=800, tools="", toolbar_location=None)
    plot.title.text = title
    plot.quad(top="record_max_temp", bottom="record_min_temp", left="left", right="right",
              color=Blues4[2], source=source, legend_label="Record")
    plot.quad(top="average_max_temp", bottom="average_min_temp", left="left", right="right",
              color=Blues4[1], source=source, legend_label="Average")
    plot.quad(top="actual_max_temp", bottom="actual_min_temp", left="left", right="right",
              color=Blues4[0], alpha=0.5, line_color="black", source=source, legend_label="Actual")
    plot.yaxis.axis_label = "Temperature (F)"
    plot.axis.axis_label_text_font_style = "bold"
    plot.x_range = DataRange1d(range_padding=0.0)
    plot.grid.grid_line_alpha = 0.3
    return plot


def update_plot(attrname, old, new):
    city = city_select.value
    plot.title.text = "Weather data for " + cities[city]["title"]
    src = get_dataset(df, cities[city]["airport"], distribution_select.value)
    source.data.update(src.data)


cities = {
    "Austin": {"airport": "AUS", "title": "Austin, TX"},
    "Boston": {"airport": "BOS", "title": "Boston, MA"},
    "Seattle": {"airport": "SEA", "title": "Seattle, WA"},
}
city_select = Select(value="Austin", title="City", options=sorted(cities.keys()), name="city")
distribution_select = Select(value="Discrete", title="Distribution", options=["Discrete", "Smoothed"],
                             name="distribution")
df = pd.read_csv(Path(__file__).parents[3] / "examples" / "data" / "weather_2015.csv")
source = get_dataset(df, "AUS", "Discrete")
plot = make_plot(source, "Weather data for Austin, TX")
city_select.on_change("value", update_plot)
distribution_select.on_change("value", update_plot)
curdoc().add_root(row(plot, column(city_select, distribution_select)))
curdoc().title = "Weather"
