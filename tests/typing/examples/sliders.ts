import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Slider, TextInput } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `sliders.py`. */
export default function (doc: Document): void {
  const N = 200;
  const x = numbers(N, (i) => 4 * Math.PI * i / N);
  const source = new ColumnDataSource({ data: { x, y: x.map(Math.sin) } });
  const plot = figure({
    height: 400,
    width: 400,
    title: "my sine wave",
    tools: "crosshair,pan,reset,save,wheel_zoom",
    x_range: [0, 4 * Math.PI],
    y_range: [-2.5, 2.5],
  });
  plot.line("x", "y", { source, line_width: 3, line_alpha: 0.6 });
  const text = new TextInput({ title: "title", value: "my sine wave" });
  const offset = new Slider({ title: "offset", value: 0, start: -5, end: 5, step: 0.1 });
  const amplitude = new Slider({ title: "amplitude", value: 1, start: -5, end: 5, step: 0.1 });
  const phase = new Slider({ title: "phase", value: 0, start: 0, end: 2 * Math.PI });
  const freq = new Slider({ title: "frequency", value: 1, start: 0.1, end: 5.1, step: 0.1 });

  function updateTitle(_attr: string, _old: string, value: string) {
    plot.title.text = value;
  }
  function updateData(_attr: string, _old: number, _new: number) {
    source.data = { x, y: x.map((at) => amplitude.value * Math.sin(freq.value * at + phase.value) + offset.value) };
  }
  text.on_change("value", updateTitle);
  for (const w of [offset, amplitude, phase, freq]) w.on_change("value", updateData);

  doc.add_root(row(column(text, offset, amplitude, phase, freq), plot, { width: 800 }));
  doc.title = "Sliders";
}

function numbers(count: number, f: (i: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => f(i));
}
