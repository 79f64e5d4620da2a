import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Select, Slider, type Widget } from "@bokeh/server/models";
import { Category10, Viridis256 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `clustering`. */
export default function (doc: Document): void {
  const N_SAMPLES = 40;
  const X = numbers(N_SAMPLES, (i) => Math.cos(i));
  const colors = X.map((value) => value > 0 ? 1 : 0);
  const source = new ColumnDataSource({ data: { x: X, y: X, colors: Array.from(colors, (c) => Viridis256[c]) } });
  const plot = figure({ toolbar_location: null, title: "MiniBatchKMeans" });
  const renderer = plot.scatter("x", "y", { fill_color: "colors", line_color: null, source });
  const algorithm = new Select({
    value: "MiniBatchKMeans",
    title: "Select algorithm:",
    width: 200,
    options: ["Birch", "MiniBatchKMeans"],
  });
  const samples = new Slider({ title: "Number of samples", value: 40, start: 10, end: 100, step: 10 });
  const inputs: Widget[] = [algorithm, samples];
  for (const input of inputs) {
    input.on_change("value", () => {
      renderer.data_source.data = { x: X, y: X, colors: new Array(N_SAMPLES).fill(Category10[3][0]) };
      renderer.glyph.size = samples.value / 10;
      plot.title.text = algorithm.value;
    });
  }
  doc.add_root(row(column(...inputs), plot));
}

function numbers(count: number, f: (i: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => f(i));
}
