// Crossfilter: menus select which columns of a table of cars are the axes, colors and sizes of the points.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { Select } from "@bokeh/server/models";
import { Spectral5 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";
import { sampleRows } from "@bokeh/server/sampledata";
import { quantile_cut } from "@bokeh/server/statistics";

const SIZES = [6, 9, 12, 15, 18, 21];
const ORIGINS = ["North America", "Europe", "Asia"];

interface Car {
  readonly [column: string]: string | number;
}
const cars = (await sampleRows<Car>("auto-mpg.csv")).map(({ name: _, ...car }): Car => ({
  ...car,
  cyl: String(car.cyl),
  origin: ORIGINS[Number(car.origin) - 1]!,
  yr: String(car.yr),
}));
const columns = Object.keys(cars[0]!).sort();
const continuous = columns.filter((name) => typeof cars[0]![name] === "number");

/** Cars of the years 1970 to 1982. */
export default function (doc: Document): void {
  const x = new Select({ title: "X-Axis", value: "mpg", options: columns, name: "x" });
  const y = new Select({ title: "Y-Axis", value: "hp", options: columns, name: "y" });
  const color = new Select({ title: "Color", value: "None", options: ["None", ...continuous], name: "color" });
  const size = new Select({ title: "Size", value: "None", options: ["None", ...continuous], name: "size" });

  const createFigure = () => {
    const [x_title, y_title] = [capitalized(x.value), capitalized(y.value)];
    const plot = figure({
      height: 600,
      width: 800,
      tools: "pan,box_zoom,hover,reset",
      title: `${x_title} vs ${y_title}`,
      x_axis_label: x_title,
      y_axis_label: y_title,
      ...(continuous.includes(x.value) ? {} : { x_range: factors(x.value) }),
      ...(continuous.includes(y.value) ? {} : { y_range: factors(y.value) }),
    });
    if (!continuous.includes(x.value)) plot.xaxis.major_label_orientation = Math.PI / 4;
    plot.scatter({
      x: valuesOf(x.value),
      y: valuesOf(y.value),
      color: color.value === "None" ? "#31AADE" : inGroups(color.value, Spectral5),
      size: size.value === "None" ? 9 : inGroups(size.value, SIZES),
      line_color: "white",
      alpha: 0.6,
      hover_color: "white",
      hover_alpha: 0.5,
    });
    return plot;
  };

  const page = row(column(x, y, color, size, { width: 200 }), createFigure());
  for (const menu of [x, y, color, size]) menu.on_change("value", () => page.children[1] = createFigure());
  doc.add_root(page);
  doc.title = "Crossfilter";
}

function valuesOf(name: string): (string | number)[] {
  return cars.map((car) => car[name]!);
}

function factors(name: string): string[] {
  return [...new Set(valuesOf(name) as string[])].sort();
}

/** Returns for each car the item of its group, where all groups have about the same number of cars. */
function inGroups<T>(name: string, items: readonly T[]): T[] {
  return Array.from(quantile_cut(valuesOf(name) as number[], items.length), (group) => items[group]!);
}

function capitalized(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}
