// Weather: the lowest and highest temperatures of each day in three cities, as they are or smoothed.
import type { Document } from "@bokeh/server";
import { parse } from "@std/csv";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, DataRange1d, Select } from "@bokeh/server/models";
import { Blues4 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

const HALF_DAY = 12 * 3600 * 1000;
/** Airport and title of each city. */
const CITIES = new Map([
  ["Austin", { airport: "AUS", title: "Austin, TX" }],
  ["Boston", { airport: "BOS", title: "Boston, MA" }],
  ["Seattle", { airport: "SEA", title: "Seattle, WA" }],
]);
const TEMPERATURES = ["record_min_temp", "average_min_temp", "actual_min_temp"].flatMap((low) => [
  low,
  low.replace("min", "max"),
]);
const csv: Record<string, string | undefined>[] = parse(
  await Deno.readTextFile(new URL("../data/weather_2015.csv", import.meta.url)),
  { skipFirstRow: true },
);

/** Temperatures of the year 2015 in Fahrenheit. */
export default function (doc: Document): void {
  const city = new Select({ title: "City", value: "Austin", options: [...CITIES.keys()], name: "city" });
  const distribution = new Select({
    title: "Distribution",
    value: "Discrete",
    options: ["Discrete", "Smoothed"],
    name: "distribution",
  });
  const temperatures = () => dataOf(CITIES.get(city.value)!.airport, distribution.value === "Smoothed");
  const source = new ColumnDataSource({ data: temperatures() });

  const plot = figure({ x_axis_type: "datetime", width: 800, tools: "", toolbar_location: null });
  plot.title.text = `Weather data for ${CITIES.get(city.value)!.title}`;
  const days = { left: "left", right: "right", source };
  const bars = (kind: string) => ({ ...days, top: `${kind}_max_temp`, bottom: `${kind}_min_temp` });
  plot.quad({ ...bars("record"), color: Blues4[2]!, legend_label: "Record" });
  plot.quad({ ...bars("average"), color: Blues4[1]!, legend_label: "Average" });
  plot.quad({ ...bars("actual"), color: Blues4[0]!, alpha: 0.5, line_color: "black", legend_label: "Actual" });
  plot.yaxis.axis_label = "Temperature (F)";
  plot.axis.axis_label_text_font_style = "bold";
  plot.x_range = new DataRange1d({ range_padding: 0 });
  plot.grid.grid_line_alpha = 0.3;

  const update = () => {
    plot.title.text = `Weather data for ${CITIES.get(city.value)!.title}`;
    source.data = temperatures();
  };
  city.on_change("value", update);
  distribution.on_change("value", update);
  doc.add_root(row(plot, column(city, distribution)));
  doc.title = "Weather";
}

/** Returns the columns of an airport, in the order of days. */
function dataOf(airport: string, isSmoothed: boolean): Record<string, number[]> {
  const days = csv.filter((day) => day.airport === airport).sort((a, b) => a.date! < b.date! ? -1 : 1);
  const dates = days.map((day) => Date.parse(day.date!));
  const columns = TEMPERATURES.map((name): [string, number[]] => {
    const values = days.map((day) => Number(day[name]));
    return [name, isSmoothed ? smooth(values, 25) : values];
  });
  const [left, right] = [dates.map((date) => date - HALF_DAY), dates.map((date) => date + HALF_DAY)];
  return { date: dates, left, right, ...Object.fromEntries(columns) };
}

/**
 * Replaces each value by that of the cubic polynomial which fits it and its neighbors best (Savitzky and Golay, 1964). The
 * polynomials are sums of four that are orthogonal on the window.
 */
function smooth(values: readonly number[], half: number): number[] {
  const window = Array.from({ length: 2 * half + 1 }, (_, i) => i - half);
  const sum = (f: (t: number) => number) => window.reduce((total, t) => total + f(t), 0);
  const [s2, s4] = [sum((t) => t ** 2), sum((t) => t ** 4)];
  const basis = [
    () => 1,
    (t: number) => t,
    (t: number) => t ** 2 - s2 / window.length,
    (t: number) => t ** 3 - t * s4 / s2,
  ];
  return values.map((_, i) => {
    const middle = Math.min(Math.max(i, half), values.length - 1 - half);
    return basis.reduce((total, p) => {
      const weight = sum((t) => values[middle + t]! * p(t)) / sum((t) => p(t) ** 2);
      return total + weight * p(i - middle);
    }, 0);
  });
}
