// A label on a plot whose text is set by KaTeX.
import type { Document } from "@bokeh/server";
import { defineModel, Label } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

const LatexLabel = defineModel({
  name: "LatexLabel",
  base: Label,
  view: new URL("./latex_label_view.ts", import.meta.url),
});

export default function (doc: Document): void {
  const x = Array.from({ length: 200 }, (_, i) => i / 20);
  const plot = figure({ title: "A damped wave", width: 600, height: 300 });
  plot.line({ x, y: x.map((t) => Math.exp(-t / 4) * Math.cos(3 * t)) });
  plot.add_layout(
    new LatexLabel({
      text: String.raw`f(t) = e^{-t/4} \cos(3t)`,
      x: 330,
      y: 160,
      x_units: "screen",
      y_units: "screen",
      text_font_size: "20px",
    }),
  );
  doc.add_root(plot);
  doc.title = "LaTeX";
}
