import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import {
  Button,
  ColumnDataSource,
  CustomJS,
  DataTable,
  NumberFormatter,
  RangeSlider,
  StringFormatter,
  TableColumn,
} from "@bokeh/server/models";

/** Bokeh's example `export_csv`. */
export default function (doc: Document): void {
  const source = new ColumnDataSource();
  const rows = [{ name: "Ada", salary: 10_000, years: 3 }, { name: "Grace", salary: 90_000, years: 7 }];
  const slider = new RangeSlider({ title: "Max Salary", start: 10000, end: 110000, value: [10000, 50000], step: 1000 });
  const button = new Button({ label: "Download", button_type: "success" });
  const columns = [
    new TableColumn({
      field: "name",
      title: "Employee Name",
      formatter: new StringFormatter({ text_align: "center" }),
    }),
    new TableColumn({ field: "salary", title: "Income", formatter: new NumberFormatter({ format: "$0,0.00" }) }),
  ];
  const table = new DataTable({ source, columns, width: 800, height: 400 });
  function update() {
    const [low, high] = slider.value;
    const current = rows.filter(({ salary }) => salary >= low && salary <= high);
    source.data = { name: current.map(({ name }) => name), salary: current.map(({ salary }) => salary) };
  }
  slider.on_change("value", () => update());
  button.js_on_event("button_click", new CustomJS({ args: { source }, code: "console.log(source.data)" }));
  doc.add_root(row(column(slider, button), table));
  update();
}
