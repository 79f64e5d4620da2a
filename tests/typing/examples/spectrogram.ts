import type { Document } from "@bokeh/server";
import { column, gridplot } from "@bokeh/server/layouts";
import { Slider, Toggle } from "@bokeh/server/models";
import { Viridis256 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `spectrogram`. */
export default function (doc: Document): void {
  const MAX_FREQ = 8;
  const image = Object.assign(new Float64Array(64), { shape: [8, 8] });
  const waterfall = figure({
    width: 1000,
    height: 300,
    x_range: [0, 8],
    y_range: [0, MAX_FREQ],
    toolbar_location: null,
  });
  const images = waterfall.image({ image: [image], x: 0, y: 0, dw: 8, dh: 8, palette: Viridis256 });
  const signal = figure({ width: 600, height: 200, title: "Signal", y_range: [-0.8, 0.8], x_axis_type: "linear" });
  const line = signal.line({ x: [0], y: [0], line_color: "#fff" });
  const gain = new Slider({ start: 1, end: 20, value: 1, step: 1, title: "Gain" });
  const quiet = new Toggle({ label: "Quiet", active: false });
  doc.add_periodic_callback(async () => {
    await Promise.resolve();
    const values = numbers(8, (i) => quiet.active ? 0 : gain.value * Math.sin(i));
    line.data_source.data = { x: values.map((_, i) => i), y: values };
    images.data_source.patch({ image: [[[0, { stop: 1 }, { stop: 1 }], [1]]] });
  }, 80);
  doc.add_root(column(gain, quiet, gridplot([[waterfall], [signal]])));
}

function numbers(count: number, f: (i: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => f(i));
}
