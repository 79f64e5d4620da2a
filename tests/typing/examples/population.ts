import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Select } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `population.py`. */
export default function (doc: Document): void {
  const ages = [0, 10, 20];
  const pyramid = new ColumnDataSource({ data: { male: [-1, -2, -3], female: [1, 2, 3], age: ages } });
  const p = figure({
    title: null,
    toolbar_location: "below",
    y_axis_label: "Age",
    x_axis_label: "Population (millions)",
  });
  p.hbar({ left: "male", right: 0, y: "age", height: 10, source: pyramid, color: "red", legend_label: "Male" });
  p.hbar_stack(["male", "female"], { y: "age", height: 2, source: pyramid, color: ["red", "blue"] });
  const year = new Select({ title: "Year:", value: "2010", options: ["2000", "2010"] });
  const location = new Select({
    title: "Location:",
    value: "World",
    options: [["World", "The World"], ["EU", "Europe"]],
  });
  const update = () => {
    pyramid.data = {
      male: ages.map(() => -Number(year.value)),
      female: ages.map(() => location.value.length),
      age: ages,
    };
  };
  year.on_change("value", update);
  location.on_change("value", update);
  doc.add_root(column(year, location, p));
}
