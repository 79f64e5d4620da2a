// A range slider of the jQuery plug-in ion.rangeSlider that moves the range of a plot.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { defineModel, Range1d, Widget } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

const IonRangeSlider = defineModel({
  name: "IonRangeSlider",
  base: Widget,
  properties: ({ Float, Tuple }) => ({
    start: [Float, 0],
    end: [Float, 1],
    step: [Float, 0.1],
    range: Tuple(Float, Float),
  }),
  view: new URL("./ion_range_slider_view.ts", import.meta.url),
});

export default function (doc: Document): void {
  const x = Array.from({ length: 100 }, (_, i) => i / 10);
  const x_range = new Range1d({ start: 2, end: 7 });
  const plot = figure({ width: 500, height: 300, x_range });
  plot.line({ x, y: x.map(Math.sin) });

  const slider = new IonRangeSlider({ start: 0, end: 10, step: 0.5, range: [2, 7], width: 500, height: 80 });
  slider.on_change("range", (_attr, _old, [start, end]) => x_range.update({ start, end }));
  doc.add_root(column([plot, slider]));
  doc.title = "Range";
}
