import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Div, Select, Slider, TextInput } from "@bokeh/server/models";
import { Category10 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { factor_cmap } from "@bokeh/server/transform";

/** Bokeh's example `movies`. */
export default function (doc: Document): void {
  interface Movie {
    Title: string;
    Year: number;
    BoxOffice: number;
    genre: string;
  }
  const all: Movie[] = [
    { Title: "One", Year: 1990, BoxOffice: 3, genre: "Drama" },
    { Title: "Two", Year: 2000, BoxOffice: 5, genre: "Comedy" },
  ];
  const desc = new Div({ text: "<h1>Movies</h1>", sizing_mode: "stretch_width" });
  const boxoffice = new Slider({ title: "Dollars", value: 0, start: 0, end: 800, step: 1 });
  const minYear = new Slider({ title: "Year released", start: 1940, end: 2014, value: 1970, step: 1 });
  const genre = new Select({ title: "Genre", value: "All", options: ["All", "Comedy", "Drama"] });
  const director = new TextInput({ title: "Director name contains" });
  const source = ColumnDataSource.from_rows(all);
  const TOOLTIPS = [["Title", "@title"], ["Year", "@year"]];
  const p = figure({
    height: 600,
    title: "",
    toolbar_location: null,
    tooltips: TOOLTIPS,
    sizing_mode: "stretch_width",
  });
  p.scatter({
    x: "Year",
    y: "BoxOffice",
    source,
    size: 7,
    color: factor_cmap("genre", Category10[3], ["Drama", "Comedy"]),
  });

  function selectMovies() {
    return all.filter((movie) =>
      movie.BoxOffice >= boxoffice.value && movie.Year >= minYear.value && movie.Title.includes(director.value) &&
      (genre.value === "All" || movie.genre === genre.value)
    );
  }
  function update() {
    const found = selectMovies();
    p.title.text = `${found.length} movies selected`;
    source.data = {
      Year: found.map(({ Year }) => Year),
      BoxOffice: found.map(({ BoxOffice }) => BoxOffice),
      Title: found.map(({ Title }) => Title),
      genre: found.map(({ genre }) => genre),
    };
  }
  const controls = [boxoffice, genre, minYear, director];
  for (const control of controls) control.on_change("value", () => update());
  const inputs = column(...controls, { width: 320, height: 800 });
  update();
  doc.add_root(column(desc, row(inputs, p), { sizing_mode: "stretch_width", height: 800 }));
}
