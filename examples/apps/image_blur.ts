// Image blur: a slider sets the width of the square over which each pixel of an image is averaged.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, ndarray, Slider } from "@bokeh/server/models";
import { gray } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Width and height of the image, in pixels. */
const SIZE = 256;
const image = Float64Array.from({ length: SIZE * SIZE }, (_, i) => {
  const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
  return (x * x + y * y) % 4096 < 2048 ? (x * y) % 256 : 255 - ((x + y) % 256);
});

/** A pattern of rings and stripes. */
export default function (doc: Document): void {
  const columnOf = (pixels: Float64Array) => [ndarray(pixels, [SIZE, SIZE])];
  const source = new ColumnDataSource({ data: { image: columnOf(image) } });
  const plot = figure({ x_range: [0, SIZE], y_range: [0, SIZE] });
  plot.image("image", { x: 0, y: 0, dw: SIZE, dh: SIZE, palette: gray(256), source });

  const slider = new Slider({ title: "Blur Factor", name: "blur", start: 0, end: 10, value: 0 });
  slider.on_change("value", () => source.data = { image: columnOf(blur(image, slider.value)) });
  doc.add_root(column(plot, slider));
  doc.title = "Image Blur";
}

/** Returns an image with averaged pixels, except for those near the border. */
function blur(pixels: Float64Array, radius: number): Float64Array {
  const width = 2 * radius + 1;
  const blurred = pixels.slice();
  for (let y = width; y < SIZE - width; y++) {
    for (let x = width; x < SIZE - width; x++) {
      let sum = 0;
      for (let dy = -radius; dy <= radius; dy++) {
        for (let dx = -radius; dx <= radius; dx++) sum += pixels[(y + dy) * SIZE + x + dx]!;
      }
      blurred[y * SIZE + x] = sum / width ** 2;
    }
  }
  return blurred;
}
