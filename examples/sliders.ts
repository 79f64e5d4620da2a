// A sine wave whose amplitude, frequency, phase and offset are set by four sliders.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ColumnDataSource, Slider, TextInput } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A sine wave, and widgets for its parameters. */
export default function (doc: Document): void {
  const x = Float64Array.from({ length: 200 }, (_, i) => (i * 4 * Math.PI) / 199);
  const source = new ColumnDataSource({ data: { x, y: x.map(Math.sin) }, name: "wave" });

  const plot = figure({
    title: "my sine wave",
    width: 500,
    height: 400,
    tools: "crosshair,pan,reset,save,wheel_zoom",
    x_range: [0, 4 * Math.PI],
    y_range: [-2.5, 2.5],
  });
  plot.line({ x: "x", y: "y", source, line_width: 3, line_alpha: 0.6 });

  const title = new TextInput({ title: "title", value: "my sine wave", name: "title" });
  const offset = new Slider({ title: "offset", value: 0, start: -5, end: 5, step: 0.1, name: "offset" });
  const amplitude = new Slider({ title: "amplitude", value: 1, start: -5, end: 5, step: 0.1, name: "amplitude" });
  const phase = new Slider({ title: "phase", value: 0, start: 0, end: 2 * Math.PI, step: 0.01, name: "phase" });
  const freq = new Slider({ title: "frequency", value: 1, start: 0.1, end: 5.1, step: 0.1, name: "freq" });

  // Callbacks run on the server. All changes of a callback are sent to the browser together.
  title.on_change("value", () => plot.title.text = title.value);
  for (const slider of [offset, amplitude, phase, freq]) {
    slider.on_change("value", () => {
      const y = x.map((v) => amplitude.value * Math.sin(freq.value * v + phase.value) + offset.value);
      source.data = { x, y };
    });
  }

  doc.add_root(row([column([title, offset, amplitude, phase, freq]), plot], { width: 800 }));
  doc.title = "Sliders";
}
