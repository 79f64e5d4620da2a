// RGBA image: an image with one byte for each of red, green, blue and opacity.
import type { Document } from "@bokeh/server";
import { figure } from "@bokeh/server/plotting";

const N = 20;

/** A color gradient. */
export default function (doc: Document): void {
  const bytes = Uint8Array.from({ length: N * N * 4 }, (_, n) => {
    const [row, column, channel] = [Math.floor(n / 4 / N), Math.floor(n / 4) % N, n % 4];
    return [Math.floor((row / N) * 255), 158, Math.floor((column / N) * 255), 255][channel]!;
  });
  // Four bytes are one pixel: an image is an array of 32-bit integers with a shape.
  const image = Object.assign(new Uint32Array(bytes.buffer), { shape: [N, N] });
  const plot = figure({ width: 400, height: 400, x_range: [0, 10], y_range: [0, 10], title: "red and blue" });
  plot.image_rgba({ image: [image], x: [0], y: [0], dw: [10], dh: [10] });
  doc.add_root(plot);
  doc.title = "RGBA image";
}
