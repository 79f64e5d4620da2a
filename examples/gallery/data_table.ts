// Data table: columns of a data source in a table, with formatters, editors and selected rows.
import type { Document } from "@bokeh/server";
import { ColumnDataSource, DataTable, DateFormatter, HTMLTemplateFormatter, NumberEditor } from "@bokeh/server/models";
import { NumberFormatter, SelectEditor, StringFormatter, SumAggregator, TableColumn } from "@bokeh/server/models";
import { BooleanFormatter, GroupingInfo, StringEditor } from "@bokeh/server/models";

/** A day in milliseconds, the unit of dates in columns. */
const DAY = 24 * 3600 * 1000;

/** A table of orders that users can edit. */
export default function (doc: Document): void {
  const k = Array.from({ length: 10 }, (_, i) => i);
  const fruits = ["Apples", "Pears", "Plums"];
  const source = new ColumnDataSource({
    data: {
      date: k.map((i) => Date.UTC(2024, 0, 1) + i * DAY),
      fruit: k.map((i) => fruits[i % 3]!),
      amount: k.map((i) => (i * 37) % 23),
      price: k.map((i) => 1.5 + i / 4),
      paid: k.map((i) => i % 2 === 0),
    },
  });
  source.selected.indices = [1, 4];
  const right = new StringFormatter({ text_align: "right", font_style: "bold" });
  const columns = [
    new TableColumn({ field: "date", title: "Date", formatter: new DateFormatter({ format: "%d %b %Y" }) }),
    new TableColumn({
      field: "fruit",
      title: "Fruit",
      formatter: right,
      editor: new SelectEditor({ options: fruits }),
    }),
    new TableColumn({ field: "amount", title: "Amount", editor: new NumberEditor({ step: 1 }) }),
    new TableColumn({ field: "price", title: "Price", formatter: new NumberFormatter({ format: "$0.00" }) }),
    new TableColumn({ field: "paid", title: "Paid", formatter: new BooleanFormatter() }),
    new TableColumn({
      field: "fruit",
      title: "HTML",
      formatter: new HTMLTemplateFormatter({ template: "<i><%= value %></i>" }),
      editor: new StringEditor(),
    }),
  ];
  const table = new DataTable({ source, columns, width: 600, height: 280, editable: true, selectable: "checkbox" });
  table.tags = [new GroupingInfo({ getter: "fruit", aggregators: [new SumAggregator({ field_: "amount" })] })];
  doc.add_root(table);
  doc.title = "Data table";
}
