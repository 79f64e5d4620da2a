import sqlite3 as sql

import numpy as np
import pandas as pd

from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, Div, Select, Slider, TextInput
from bokeh.plotting import figure
from bokeh.sampledata.movies_data import movie_path

conn = sql.connect(movie_path)
movies = pd.read_sql("""
    SELECT omdb.ID, imdbID, Title, Year, Runtime, Genre, Director, omdb.Cast, Oscars, tomatoes.Rating as numericRating,
           Meter, Reviews, BoxOffice
    FROM omdb, tomatoes
    WHERE omdb.ID = tomatoes.ID AND Reviews >= 10
    ORDER BY omdb.ID
""", conn)
conn.close()
razzies = """
tt4009460 tt1333125 tt1673434 tt0810913 tt0938283 tt1055369 tt0811138 tt0897361 tt0430912 tt0327643
tt0327554 tt0299930 tt0291502 tt0240515 tt0185183 tt0120891 tt0118577 tt0119925 tt0117765 tt0114436
tt0109456 tt0107211 tt0105391 tt0102070 tt0098987 tt0098382 tt0094889 tt0093405 tt0091225 tt0089880
tt0086987 tt0085863 tt0084132 tt0082766 tt0080492
""".split()

movies["color"] = np.where(movies["Oscars"] > 0, "orange", "grey")
movies["alpha"] = np.where(movies["Oscars"] > 0, 0.9, 0.25)
numbers = ["Runtime", "Oscars", "numericRating", "Meter", "Reviews", "BoxOffice"]
movies[numbers] = movies[numbers].fillna(0)
movies["revenue"] = movies.BoxOffice.apply(lambda x: f"{int(x)}")
movies.loc[movies.imdbID.isin(razzies), "color"] = "purple"
movies.loc[movies.imdbID.isin(razzies), "alpha"] = 0.9

axis_map = {
    "Tomato Meter": "Meter",
    "Numeric Rating": "numericRating",
    "Number of Reviews": "Reviews",
    "Box Office (dollars)": "BoxOffice",
    "Length (minutes)": "Runtime",
    "Year": "Year",
}
genres = """All Action Adventure Animation Biography Comedy Crime Documentary Drama Family Fantasy History Horror
Music Musical Mystery Romance Sci-Fi Short Sport Thriller War Western""".split()

reviews = Slider(title="Minimum number of reviews", value=80, start=10, end=300, step=10)
min_year = Slider(title="Year released", start=1940, end=2014, value=1970, step=1)
max_year = Slider(title="End Year released", start=1940, end=2014, value=2014, step=1)
oscars = Slider(title="Minimum number of Oscar wins", start=0, end=4, value=0, step=1)
boxoffice = Slider(title="Dollars at Box Office (millions)", start=0, end=800, value=0, step=1)
genre = Select(title="Genre", value="All", options=genres, name="genre")
director = TextInput(title="Director name contains", name="director")
cast = TextInput(title="Cast names contains")
x_axis = Select(title="X Axis", options=sorted(axis_map.keys()), value="Tomato Meter", name="x_axis")
y_axis = Select(title="Y Axis", options=sorted(axis_map.keys()), value="Number of Reviews")

source = ColumnDataSource(data=dict(x=[], y=[], color=[], title=[], year=[], revenue=[], alpha=[]))
TOOLTIPS = [("Title", "@title"), ("Year", "@year"), ("$", "@revenue")]
p = figure(height=600, title="", toolbar_location=None, tooltips=TOOLTIPS, sizing_mode="stretch_width")
p.scatter(x="x", y="y", source=source, size=7, color="color", line_color=None, fill_alpha="alpha")


def select_movies():
    selected = movies[
        (movies.Reviews >= reviews.value) &
        (movies.BoxOffice >= (boxoffice.value * 1e6)) &
        (movies.Year >= min_year.value) &
        (movies.Year <= max_year.value) &
        (movies.Oscars >= oscars.value)
    ]
    if genre.value != "All":
        selected = selected[selected.Genre.str.contains(genre.value)]
    if director.value.strip() != "":
        selected = selected[selected.Director.str.contains(director.value.strip())]
    if cast.value.strip() != "":
        selected = selected[selected.Cast.str.contains(cast.value.strip())]
    return selected


def update():
    df = select_movies()
    p.xaxis.axis_label = x_axis.value
    p.yaxis.axis_label = y_axis.value
    p.title.text = f"{len(df)} movies selected"
    source.data = {name: df[column].tolist() for name, column in [
        ("x", axis_map[x_axis.value]), ("y", axis_map[y_axis.value]), ("color", "color"), ("title", "Title"),
        ("year", "Year"), ("revenue", "revenue"), ("alpha", "alpha"),
    ]}


controls = [reviews, boxoffice, genre, min_year, max_year, oscars, director, cast, x_axis, y_axis]
for control in controls:
    control.on_change("value", lambda attr, old, new: update())
desc = Div(text="<h1>An Interactive Explorer for Movie Data</h1>", sizing_mode="stretch_width")
inputs = column(*controls, width=320, height=800)
layout = column(desc, row(inputs, p, sizing_mode="inherit"), sizing_mode="stretch_width", height=800)
update()
curdoc().add_root(layout)
curdoc().title = "Movies"
