// Patch: twenty times a second, only the changed values of points, lines and an image are sent.
import type { Document } from "@bokeh/server";
import { count } from "@bokeh/server/driving";
import { gridplot } from "@bokeh/server/layouts";
import { ColumnDataSource, ndarray } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { linspace } from "@bokeh/server/statistics";
import { SeededRandom } from "../data/seeded_random.ts";

/** Rows and columns of the image. */
const SIZE = 100;

/** Points that move, a line that gets rough, and an image with stripes that rotate. */
export default function (doc: Document): void {
  const random = new SeededRandom(5);
  const options = { width: 240, height: 240, toolbar_location: null };

  const place = () => Float64Array.from({ length: 500 }, () => random.uniform(0, 10));
  const color = Array.from({ length: 500 }, (_, i) => i < 200 ? "firebrick" : "navy");
  const points = new ColumnDataSource({ data: { x: place(), y: place(), color } });
  const scatter = figure({ ...options, title: "step 0", name: "points" });
  scatter.scatter("x", "y", { source: points, color: "color", size: 6, alpha: 0.6 });

  const x = linspace(0, 10, 200);
  const curves = new ColumnDataSource({
    data: { xs: [x, x], ys: [x.map(Math.sin), x.map(Math.cos)], color: ["olive", "navy"] },
  });
  const lines = figure({ ...options, title: "lines" });
  lines.multi_line("xs", "ys", { source: curves, color: "color", line_width: 3, alpha: 0.6 });

  const share = (i: number) => Math.floor((i / SIZE) * 255);
  const colors = Uint32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [red, green] = [share(i % SIZE), share(Math.floor(i / SIZE))];
    return (255 << 24 | 158 << 16 | green << 8 | red) >>> 0; // little-endian RGBA
  });
  const pixels = new ColumnDataSource({ data: { image: [ndarray(colors, [SIZE, SIZE])] } });
  const picture = figure({ ...options, title: "image", x_range: [0, 10], y_range: [0, 10] });
  picture.image_rgba({ image: "image", x: 0, y: 0, dw: 10, dh: 10, source: pixels });

  const step = count()((n) => {
    // A slice of a column.
    const first = { stop: 100 };
    const moved = (values: Float64Array, by: number) => values.slice(0, 100).map((v) => v + random.uniform(-by, by));
    points.patch({ x: [[first, moved(points.data.x, 0.1)]], y: [[first, moved(points.data.y, 0.2)]] });
    // One item of an array within a column.
    const i = Math.floor(random.uniform(0, 200));
    curves.patch({ ys: [[[0, i], [curves.data.ys[0]![i]! + random.uniform(-0.1, 0.1)]]] });
    // Some rows of an image.
    const [image] = pixels.data.image;
    const rotated = [25, 35, 45, 55, 65, 75].flatMap((row) => {
      const stripe = Array.from(image!.subarray(row * SIZE, (row + 1) * SIZE));
      return [...stripe.slice(-2), ...stripe.slice(0, -2)];
    });
    pixels.patch({ image: [[[0, { start: 25, stop: 76, step: 10 }, {}], rotated]] });
    scatter.title.text = `step ${n + 1}`;
  });
  doc.add_periodic_callback(step, 50);
  doc.add_root(gridplot([[scatter, lines, picture]]));
  doc.title = "Patch";
}
