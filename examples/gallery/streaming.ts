// Streaming: each click appends points, and the oldest are dropped.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Number of points to keep. */
const ROLLOVER = 60;

/** A sawtooth that continues with every click. */
export default function (doc: Document): void {
  const tooth = (start: number) => {
    const x = Array.from({ length: 10 }, (_, i) => start + i);
    return { x, y: x.map((v) => (v * 7) % 23) };
  };
  const source = new ColumnDataSource({ data: tooth(0) });
  const plot = figure({ width: 600, height: 300, title: "10 points" });
  plot.line("x", "y", { source, line_width: 2 });
  const button = new Button({ label: "more", name: "go" });
  let next = 10;
  button.on_click(() => {
    source.stream(tooth(next), ROLLOVER);
    next += 10;
    plot.title.text = `${source.data.x!.length} points`;
  });
  doc.add_root(column(button, plot));
  doc.title = "Streaming";
}
