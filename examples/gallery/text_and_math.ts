// Text and mathematics: TeX in titles, labels, axes and glyphs, and rotated text.
import type { Document } from "@bokeh/server";
import { Label } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** The normal distribution with its formula. */
export default function (doc: Document): void {
  const x = Array.from({ length: 81 }, (_, i) => -4 + i / 10);
  const plot = figure({
    title: "$$\\text{A normal distribution of } \\mu = 0, \\sigma = 1$$",
    width: 600,
    height: 350,
  });
  plot.line(x, x.map((v) => Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI)), { line_width: 2 });
  plot.xaxis.axis_label = "$$x$$";
  plot.yaxis.axis_label = "$$f(x)$$";
  plot.add_layout(
    new Label({
      x: 1,
      y: 0.3,
      text: "$$f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}} e^{-\\frac{x^2}{2}}$$",
      text_font_size: "14px",
    }),
  );
  plot.text({
    x: [-3, -2.5],
    y: [0.3, 0.2],
    text: ["at an angle", "two\nlines"],
    angle: [0.5, 0],
    text_color: ["teal", "maroon"],
  });
  doc.add_root(plot);
  doc.title = "Text and mathematics";
}
