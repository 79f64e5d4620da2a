import numpy as np

from bokeh.io import curdoc
from bokeh.layouts import layout
from bokeh.models import (Button, CategoricalColorMapper, ColumnDataSource, HoverTool, Label, SingleIntervalTicker,
                          Slider)
from bokeh.palettes import Spectral6
from bokeh.plotting import figure
from bokeh.sampledata.gapminder import data as df, regions

df = df.copy()
df["region"] = df["region"].fillna("Unknown")
df["life"] = df["life_expectancy"]
df["size"] = np.maximum(3, np.sqrt(df["population"].fillna(0) / np.pi) / 200)
years = sorted(int(year) for year in df["year"].unique())
COLUMNS = ["year", "country", "region", "fertility", "life", "size"]


def data_of(year):
    return {name: df[df["year"] == year][name].tolist() for name in COLUMNS}


source = ColumnDataSource(data=data_of(years[0]))

plot = figure(x_range=(1, 9), y_range=(20, 100), title="Gapminder Data", height=300, toolbar_location=None)
plot.xaxis.ticker = SingleIntervalTicker(interval=1)
plot.xaxis.axis_label = "Children per woman (total fertility)"
plot.yaxis.ticker = SingleIntervalTicker(interval=20)
plot.yaxis.axis_label = "Life expectancy at birth (years)"
label = Label(x=1.1, y=22, text=str(years[0]), text_font_size="80px", text_color="#eeeeee")
plot.add_layout(label)

color_mapper = CategoricalColorMapper(palette=Spectral6, factors=list(regions.Group.unique()))
plot.scatter(x="fertility", y="life", size="size", source=source,
             fill_color={"field": "region", "transform": color_mapper}, fill_alpha=0.8, line_color="#7c7e71",
             line_width=0.5, line_alpha=0.5, legend_group="region")
plot.add_tools(HoverTool(tooltips="@country", show_arrow=False, point_policy="follow_mouse"))


def animate_update():
    year = slider.value + 1
    if year > years[-1]:
        year = years[0]
    slider.value = year


def slider_update(attrname, old, new):
    label.text = str(slider.value)
    source.data = data_of(slider.value)


slider = Slider(start=years[0], end=years[-1], value=years[0], step=1, title="Year", name="year")
slider.on_change("value", slider_update)
callback_id = None


def animate():
    global callback_id
    if button.label == "► Play":
        button.label = "❚❚ Pause"
        callback_id = curdoc().add_periodic_callback(animate_update, 200)
    else:
        button.label = "► Play"
        curdoc().remove_periodic_callback(callback_id)


button = Button(label="► Play", width=60)
button.on_event("button_click", animate)
curdoc().add_root(layout([[plot], [slider, button]], sizing_mode="scale_width"))
curdoc().title = "Gapminder"
