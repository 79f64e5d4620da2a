// A dashboard: widgets that determine what a plot and a table show.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, DataTable, Select, Slider, TableColumn } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

const SHAPES: Record<string, (t: number) => number> = {
  parabola: (t) => t * t,
  cubic: (t) => t * t * t,
  hat: (t) => 1 - Math.abs(t),
};

/** Curves of three shapes. */
export default function (doc: Document): void {
  const shape = new Select({ title: "shape", value: "parabola", options: Object.keys(SHAPES), width: 180 });
  const count = new Slider({ title: "points", start: 5, end: 50, value: 20, width: 180 });
  const source = new ColumnDataSource({ data: { x: [], y: [] } });
  const update = () => {
    const x = Array.from({ length: count.value + 1 }, (_, i) => -1 + (2 * i) / count.value);
    source.data = { x, y: x.map(SHAPES[String(shape.value)]!) };
  };
  shape.on_change("value", update);
  count.on_change("value", update);
  update();
  const plot = figure({ width: 400, height: 300, title: "shape" });
  plot.line("x", "y", { source });
  plot.scatter("x", "y", { source, fill_color: "white", size: 8 });
  const columns = [new TableColumn({ field: "x", title: "x" }), new TableColumn({ field: "y", title: "y" })];
  const table = new DataTable({ source, columns, width: 180, height: 160, index_position: null });
  const button = new Button({ label: "a cubic of ten points", name: "go", width: 180 });
  button.on_click(() => {
    shape.value = "cubic";
    count.value = 10;
  });
  doc.add_root(row(column(shape, count, button, table), plot));
  doc.title = "A dashboard";
}
