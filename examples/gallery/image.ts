// Image: a function of two variables as an image, with a color bar.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

const N = 60;

/** A monkey saddle. */
export default function (doc: Document): void {
  const values = Float64Array.from({ length: N * N }, (_, n) => {
    const [x, y] = [(n % N) / N - 0.5, Math.floor(n / N) / N - 0.5];
    return x * x * x - 3 * x * y * y;
  });
  // An image is a typed array with a shape: rows from bottom to top.
  const image = Object.assign(values, { shape: [N, N] });
  const plot = figure({ title: "monkey saddle", width: 500, height: 400, tooltips: [["value", "@image"]] });
  plot.x_range.set("range_padding", 0);
  plot.y_range.set("range_padding", 0);
  const drawn = plot.image({ image: [image], x: 0, y: 0, dw: 10, dh: 10, palette: "Sunset11", level: "image" });
  plot.grid.grid_line_width = 0.5;
  plot.add_layout(drawn.construct_color_bar({ padding: 5 }), "right");
  doc.add_root(plot);
  doc.title = "Image";
}
