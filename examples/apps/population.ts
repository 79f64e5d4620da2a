// Population: the age groups of a country's women and men, and the known and predicted number of people, from DuckDB.
import type { Document } from "@bokeh/server";
import { DuckDBInstance } from "@duckdb/node-api";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, CustomJSTickFormatter, CustomJSTransform, Select } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { samplePath } from "@bokeh/server/sampledata";
import { factor_cmap, transform } from "@bokeh/server/transform";

const database = await (await DuckDBInstance.create(":memory:")).connect();
await database.run(`create table population as select * from read_csv($path, quote = '"')`, {
  path: await samplePath("population.csv.gz"),
});
const { years } = await query<{ years: string[] }>("select distinct Year::text as years from population order by 1");
const { locations } = await query<{ locations: string[] }>(
  "select distinct Location as locations from population order by 1",
);
const { groups } = await query<{ groups: string[] }>(
  "select AgeGrp as groups from population group by 1 order by min(AgeGrpStart)",
);

/** The numbers of the United Nations from 1950 to 2100. */
export default async function (doc: Document): Promise<void> {
  const ages: ColumnDataSource = new ColumnDataSource({ data: { AgeGrp: [], Sex: [], Value: [] } });
  const left_for_men = new CustomJSTransform({
    args: { source: ages },
    func: "",
    v_func: `return xs.map((x, i) => source.data.Sex[i] == "Male" ? -x : x)`,
  });
  const pyramid = figure({
    width: 600,
    height: 500,
    toolbar_location: null,
    y_range: groups,
    title: "Population Breakdown by Age Group and Gender",
    x_axis_label: "Population (Millions)",
    y_axis_label: "Age Group",
  });
  pyramid.hbar({
    y: "AgeGrp",
    height: 1,
    right: transform("Value", left_for_men),
    source: ages,
    line_color: "white",
    legend_field: "Sex",
    fill_color: factor_cmap("Sex", ["#3B8686", "#CFF09E"], ["Male", "Female"]),
  });
  pyramid.ygrid.grid_line_color = null;
  pyramid.xaxis.formatter = new CustomJSTickFormatter({ code: `return (Math.abs(tick) / 1e6) + " M"` });

  const known: ColumnDataSource = new ColumnDataSource({ data: { x: [], y: [] } });
  const predicted: ColumnDataSource = new ColumnDataSource({ data: { x: [], y: [] } });
  const population = figure({
    width: 600,
    height: 180,
    toolbar_location: null,
    title: "Total Population by Year",
    x_axis_label: "Year",
    y_axis_label: "Population",
  });
  const style = { color: "violet", line_width: 2 };
  population.line("x", "y", { ...style, source: known, legend_label: "known" });
  population.line("x", "y", { ...style, source: predicted, line_dash: "dashed", legend_label: "predicted" });
  population.xaxis.major_label_orientation = Math.PI / 4;
  population.xgrid.grid_line_color = null;
  population.legend.location = "center_right";
  population.yaxis.minor_tick_line_color = null;
  population.yaxis.formatter = new CustomJSTickFormatter({ code: `return (Math.abs(tick) / 1e9) + " B"` });

  const year = new Select({ title: "Year:", value: "2010", options: years, name: "year" });
  const location = new Select({ title: "Location:", value: "World", options: locations, name: "location" });
  const totals = (years: string) =>
    query<Record<string, number[]>>(
      `select Year::integer as x, sum(Value)::double as y from population where Location = $location and Year ${years}
       group by Year order by Year`,
      { location: location.value },
    );
  const update = async () => {
    ages.data = await query<Record<string, unknown[]>>(
      `select AgeGrp, Sex, Value::double as Value from population where Location = $location and Year = $year
       order by Sex desc, AgeGrpStart`,
      { location: location.value, year: Number(year.value) },
    );
    known.data = await totals("<= 2010");
    predicted.data = await totals(">= 2010");
  };
  year.on_change("value", update);
  location.on_change("value", update);
  await update();
  doc.add_root(row(column(pyramid, population), column(year, location, { width: 300 })));
  doc.title = "Population";
}

/** Returns the columns of a query. */
async function query<Columns>(sql: string, values: Record<string, string | number> = {}): Promise<Columns> {
  return (await database.runAndReadAll(sql, values)).getColumnsObjectJS() as Columns;
}
