// Patching: changes of single values, slices of columns, and parts of an image.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { Button, ColumnDataSource } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Buttons that change colors and heights of points, and a block of an image. */
export default function (doc: Document): void {
  const x = Array.from({ length: 20 }, (_, i) => i);
  const source = new ColumnDataSource({ data: { x, y: x.map((i) => i % 5), color: x.map(() => "navy") } });
  const points = figure({ width: 320, height: 300, title: "points", y_range: [-1, 10] });
  points.scatter("x", "y", { source, size: 12, color: "color" });

  const image = Object.assign(Float64Array.from({ length: 64 }, (_, i) => i), { shape: [8, 8] });
  const pixels = new ColumnDataSource({ data: { image: [image] } });
  const picture = figure({ width: 300, height: 300, title: "image" });
  picture.image({ image: "image", x: 0, y: 0, dw: 8, dh: 8, source: pixels, palette: "Magma256" });

  const button = new Button({ label: "patch", name: "go" });
  let clicks = 0;
  button.on_click(() => {
    clicks += 1;
    // A patch sends only the new values: one by its index, and several by a slice.
    source.patch({
      y: [[clicks, 9], [{ start: 10, stop: 20, step: 3 }, [7, 7, 7, 7]]],
      color: [[clicks, "red"]],
    });
    // The first index selects the image in the column, the slices select its rows and columns.
    pixels.patch({ image: [[[0, { start: 2, stop: 4 }, { start: 2, stop: 6 }], Array.from({ length: 8 }, () => 0)]] });
  });
  doc.add_root(column(button, row(points, picture)));
  doc.title = "Patching";
}
