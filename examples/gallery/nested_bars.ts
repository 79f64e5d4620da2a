// Nested bars: bars grouped by nested categories, and by offsets.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import { ColumnDataSource, FactorRange } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { dodge, factor_cmap } from "@bokeh/server/transform";

const FRUITS = ["Apples", "Pears", "Plums"];
const YEARS = ["2015", "2016", "2017"];
const COLORS = ["#c9d9d3", "#718dbf", "#e84d60"];

/** The same numbers twice: with nested categories, and with `dodge`. */
export default function (doc: Document): void {
  const counts = { 2015: [2, 1, 4], 2016: [5, 3, 3], 2017: [3, 2, 4] };
  const x = FRUITS.flatMap((fruit) => YEARS.map((year): [string, string] => [fruit, year]));
  const top = FRUITS.flatMap((_, i) => Object.values(counts).map((column) => column[i]!));
  const nested = figure({
    title: "nested",
    width: 320,
    height: 300,
    x_range: new FactorRange({ factors: x }),
    tools: "",
  });
  nested.vbar({
    x: "x",
    top: "top",
    width: 0.9,
    source: new ColumnDataSource({ data: { x, top } }),
    line_color: "white",
    fill_color: factor_cmap("x", COLORS, YEARS, { start: 1, end: 2 }),
  });
  nested.x_range.set("range_padding", 0.1);
  nested.xaxis.major_label_orientation = 1;
  nested.xgrid.grid_line_color = null;

  const source = new ColumnDataSource({ data: { fruits: FRUITS, ...counts } });
  const dodged = figure({ title: "dodged", width: 320, height: 300, x_range: FRUITS, y_range: [0, 7], tools: "" });
  YEARS.forEach((year, i) => {
    const position = dodge("fruits", (i - 1) / 4, { range: dodged.x_range });
    dodged.vbar({ x: position, top: year, source, width: 0.2, color: COLORS[i]!, legend_label: year });
  });
  dodged.legend.orientation = "horizontal";
  doc.add_root(row(nested, dodged));
  doc.title = "Nested bars";
}
