// Movies: menus, sliders and text fields filter films of a SQLite database, which are points with two of six measures.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Div, Select, Slider, TextInput } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { samplePath } from "@bokeh/server/sampledata";
import { DatabaseSync } from "node:sqlite";

/** Titles of the axes, with the columns of the database. */
const AXES = new Map([
  ["Tomato Meter", "Meter"],
  ["Numeric Rating", "t.Rating"],
  ["Number of Reviews", "Reviews"],
  ["Box Office (dollars)", "BoxOffice"],
  ["Length (minutes)", "Runtime"],
  ["Year", "Year"],
]);
const GENRES =
  ("All Action Adventure Animation Biography Comedy Crime Documentary Drama Family Fantasy History Horror " +
    "Music Musical Mystery Romance Sci-Fi Short Sport Thriller War Western").split(" ");
/** Films that won a Golden Raspberry Award as the worst film of their year. */
const RAZZIES =
  ("tt4009460 tt1333125 tt1673434 tt0810913 tt0938283 tt1055369 tt0811138 tt0897361 tt0430912 tt0327643 tt0327554 " +
    "tt0299930 tt0291502 tt0240515 tt0185183 tt0120891 tt0118577 tt0119925 tt0117765 tt0114436 tt0109456 tt0107211 " +
    "tt0105391 tt0102070 tt0098987 tt0098382 tt0094889 tt0093405 tt0091225 tt0089880 tt0086987 tt0085863 tt0084132 tt0082766 tt0080492")
    .split(" ");

interface Film {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly year: number;
  readonly revenue: string;
  readonly color: string;
  readonly alpha: number;
}
const database = new DatabaseSync(await samplePath("movies.db"), { readOnly: true });

/** Films from 1940 to 2014. */
export default function (doc: Document): void {
  const reviews = new Slider({ title: "Minimum number of reviews", value: 80, start: 10, end: 300, step: 10 });
  const min_year = new Slider({ title: "Year released", start: 1940, end: 2014, value: 1970, step: 1 });
  const max_year = new Slider({ title: "End Year released", start: 1940, end: 2014, value: 2014, step: 1 });
  const oscars = new Slider({ title: "Minimum number of Oscar wins", start: 0, end: 4, value: 0, step: 1 });
  const boxoffice = new Slider({ title: "Dollars at Box Office (millions)", start: 0, end: 800, value: 0, step: 1 });
  const genre = new Select({ title: "Genre", value: "All", options: GENRES, name: "genre" });
  const director = new TextInput({ title: "Director name contains", name: "director" });
  const cast = new TextInput({ title: "Cast names contains" });
  const options = [...AXES.keys()].sort();
  const x_axis = new Select({ title: "X Axis", options, value: "Tomato Meter", name: "x_axis" });
  const y_axis = new Select({ title: "Y Axis", options, value: "Number of Reviews" });

  // The titles of the axes are checked because they become part of the query, and a client can send any text.
  const films = () =>
    database.prepare(`
      select coalesce(${AXES.get(x_axis.value) ?? "Meter"}, 0) as x, coalesce(${
      AXES.get(y_axis.value) ?? "Meter"
    }, 0) as y,
             Title as title, Year as year, cast(cast(coalesce(BoxOffice, 0) as integer) as text) as revenue,
             iif(imdbID in (select value from json_each(:razzies)), 'purple', iif(Oscars > 0, 'orange', 'grey')) as color,
             iif(Oscars > 0 or imdbID in (select value from json_each(:razzies)), 0.9, 0.25) as alpha
      from omdb join tomatoes t using (ID)
      where Reviews >= max(10, :reviews) and coalesce(BoxOffice, 0) >= :boxoffice and Year between :min_year and :max_year
        and coalesce(Oscars, 0) >= :oscars and (:genre = 'All' or instr(Genre, :genre))
        and instr(Director, :director) and instr("Cast", :cast)
      order by omdb.ID`).all({
      razzies: JSON.stringify(RAZZIES),
      reviews: reviews.value,
      boxoffice: boxoffice.value * 1e6,
      min_year: min_year.value,
      max_year: max_year.value,
      oscars: oscars.value,
      genre: genre.value,
      director: director.value.trim(),
      cast: cast.value.trim(),
    }) as unknown as Film[];

  const source = new ColumnDataSource({ data: columnsOf([]) });
  const tooltips: [string, string][] = [["Title", "@title"], ["Year", "@year"], ["$", "@revenue"]];
  const plot = figure({ height: 600, title: "", toolbar_location: null, tooltips, sizing_mode: "stretch_width" });
  plot.scatter("x", "y", { source, size: 7, color: "color", line_color: null, fill_alpha: "alpha" });

  const update = () => {
    const selected = films();
    plot.xaxis.axis_label = x_axis.value;
    plot.yaxis.axis_label = y_axis.value;
    plot.title.text = `${selected.length} movies selected`;
    source.data = columnsOf(selected);
  };
  const controls = [reviews, boxoffice, genre, min_year, max_year, oscars, director, cast, x_axis, y_axis];
  for (const control of controls) control.on_change("value", update);
  update();

  const heading = new Div({ text: "<h1>An Interactive Explorer for Movie Data</h1>", sizing_mode: "stretch_width" });
  const inputs = column(...controls, { width: 320, height: 800 });
  const body = row(inputs, plot, { sizing_mode: "inherit" });
  doc.add_root(column(heading, body, { sizing_mode: "stretch_width", height: 800 }));
  doc.title = "Movies";
}

/** Returns the columns of films, also if there are none. */
function columnsOf(films: readonly Film[]) {
  const names = ["x", "y", "title", "year", "revenue", "color", "alpha"] as const;
  return Object.fromEntries(names.map((name) => [name, films.map((film) => film[name])])) as {
    [name in keyof Film]: Film[name][];
  };
}
