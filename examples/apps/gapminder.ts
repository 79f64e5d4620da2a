// Gapminder: families became smaller and lives longer in 50 years, as bubbles with the size of each country.
import type { Document } from "@bokeh/server";
import { layout } from "@bokeh/server/layouts";
import { Button, CategoricalColorMapper, ColumnDataSource, HoverTool, Label, Slider } from "@bokeh/server/models";
import { SingleIntervalTicker } from "@bokeh/server/models";
import { Spectral6 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { sampleRows } from "@bokeh/server/sampledata";

interface Sample {
  readonly country: string;
  readonly year: number;
  readonly fertility: number;
  readonly life_expectancy: number;
  readonly population: number;
}
const regions = await sampleRows<{ Country: string; Group: string }>("gapminder_regions.csv");
const regionOf = new Map(regions.map(({ Country, Group }) => [Country, Group]));
const bubbles = (await sampleRows<Sample>("gapminder.csv.gz")).map((sample) => ({
  year: sample.year,
  country: sample.country,
  region: regionOf.get(sample.country) ?? "Unknown",
  fertility: sample.fertility,
  life: sample.life_expectancy,
  size: Math.max(3, Math.sqrt((sample.population || 0) / Math.PI) / 200),
}));
const byYear = Map.groupBy(bubbles, ({ year }) => year);
const years = [...byYear.keys()].sort();

/** All countries of the world, with a button that plays the years as an animation. */
export default function (doc: Document): void {
  const dataOf = (year: number) => ColumnDataSource.from_rows(byYear.get(year)!).data;
  const source = new ColumnDataSource({ data: dataOf(years[0]!) });

  const plot = figure({
    title: "Gapminder Data",
    height: 300,
    x_range: [1, 9],
    y_range: [20, 100],
    toolbar_location: null,
    x_axis_label: "Children per woman (total fertility)",
    y_axis_label: "Life expectancy at birth (years)",
  });
  plot.xaxis.ticker = new SingleIntervalTicker({ interval: 1 });
  plot.yaxis.ticker = new SingleIntervalTicker({ interval: 20 });
  const label = new Label({ x: 1.1, y: 22, text: `${years[0]}`, text_font_size: "80px", text_color: "#eeeeee" });
  plot.add_layout(label);

  const factors = [...new Set(regions.map(({ Group }) => Group))];
  plot.scatter("fertility", "life", {
    source,
    size: "size",
    legend_group: "region",
    fill_color: { field: "region", transform: new CategoricalColorMapper({ palette: Spectral6, factors }) },
    fill_alpha: 0.8,
    line_color: "#7c7e71",
    line_width: 0.5,
    line_alpha: 0.5,
  });
  plot.add_tools(new HoverTool({ tooltips: "@country", show_arrow: false, point_policy: "follow_mouse" }));

  const [start, end] = [years[0]!, years.at(-1)!];
  const slider = new Slider({ title: "Year", name: "year", start, end, value: start, step: 1 });
  slider.on_change("value", () => {
    label.text = String(slider.value);
    source.data = dataOf(slider.value);
  });

  const next = () => slider.value = slider.value === end ? start : slider.value + 1;
  const button = new Button({ label: "► Play", width: 60 });
  let timer: ReturnType<Document["add_periodic_callback"]> | undefined;
  button.on_click(() => {
    if (timer !== undefined) doc.remove_periodic_callback(timer);
    timer = timer === undefined ? doc.add_periodic_callback(next, 200) : undefined;
    button.label = timer === undefined ? "► Play" : "❚❚ Pause";
  });
  doc.add_root(layout([[plot], [slider, button]], { sizing_mode: "scale_width" }));
  doc.title = "Gapminder";
}
