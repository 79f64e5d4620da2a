import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import {
  ColumnDataSource,
  DataTable,
  DatetimeTickFormatter,
  HoverTool,
  TableColumn,
  TapTool,
} from "@bokeh/server/models";
import { Spectral6 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `dash`. */
export default function (doc: Document): void {
  const dates = [0, 1, 2].map((i) => new Date(Date.UTC(2013, 2, i + 1)));
  const source = new ColumnDataSource({ data: { date: dates, price: [1, 3, 2], name: ["a", "b", "c"] } });
  const p = figure({ x_axis_type: "datetime", height: 200, sizing_mode: "stretch_width" });
  p.xaxis.formatter = new DatetimeTickFormatter({ days: "%d %b" });
  const line = p.line({ x: "date", y: "price", source, color: Spectral6[1], legend_label: "price" });
  const dots = p.scatter({ x: "date", y: "price", source, color: Spectral6[0] });
  p.add_tools(
    new HoverTool({
      renderers: [line],
      tooltips: [["Price", "@price"]],
      formatters: { "@date": "datetime" },
      mode: "vline",
    }),
    new TapTool({ renderers: [dots] }),
  );
  p.legend.click_policy = "hide";
  const table = new DataTable({
    source,
    columns: ["date", "price"].map((field) => new TableColumn({ field, title: field })),
    height: 200,
    index_position: null,
  });
  table.source.selected.on_change("indices", (_attr, _old, indices) => {
    line.visible = indices.length === 0;
  });
  doc.add_root(column(p, table));
}
