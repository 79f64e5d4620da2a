// CSV export: a slider filters a table, and a button downloads the rows that it shows.
import type { Document } from "@bokeh/server";
import { stringify } from "@std/csv";
import { downloadButton } from "@bokeh/server/files";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, DataTable, NumberFormatter, RangeSlider, TableColumn } from "@bokeh/server/models";
import { SeededRandom } from "../data/seeded_random.ts";

const FIRST = ["Ada", "Grace", "Emmy", "Alan", "Kurt", "Sofia", "Carl", "Rose", "Mary", "Mark"];
const LAST = ["Baker", "Brown", "Cook", "Green", "Hill", "King", "Wood", "Young"];

/** Invented employees. */
export default function (doc: Document): void {
  const random = new SeededRandom(3);
  const people = FIRST.flatMap((first) =>
    LAST.map((last) => {
      const years = Math.floor(random.uniform(0, 12));
      return { name: `${first} ${last}`, salary: Math.round(random.uniform(20_000, 50_000) + 5000 * years), years };
    })
  );

  const salary = new RangeSlider({
    title: "Salary",
    name: "salary",
    start: 10_000,
    end: 110_000,
    step: 1000,
    value: [10_000, 50_000],
    format: "0,0",
  });
  const shown = () => people.filter((person) => salary.value[0] <= person.salary && person.salary <= salary.value[1]);
  const source = ColumnDataSource.from_rows(shown());
  salary.on_change("value", () => source.data = { ...ColumnDataSource.from_rows(shown()).data });

  const columns = [
    new TableColumn({ field: "name", title: "Employee" }),
    new TableColumn({ field: "salary", title: "Income", formatter: new NumberFormatter({ format: "$0,0.00" }) }),
    new TableColumn({ field: "years", title: "Experience (years)" }),
  ];
  // The file is made on the server, so it can also have rows and columns that the browser does not have.
  const csv = () => stringify(shown(), { columns: ["name", "salary", "years"] });
  const button = downloadButton("Download", csv, { name: "salaries.csv", type: "text/csv", button_type: "success" });
  doc.add_root(row(column(salary, button), new DataTable({ source, columns, width: 400 })));
  doc.title = "CSV export";
}
