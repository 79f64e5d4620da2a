// A document with 96 MiB of columns.
import type { Document } from "@bokeh/server";
import { ColumnDataSource } from "@bokeh/server/models";

/** All sessions share the columns. */
const data = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`column ${i}`, new Float64Array(1024 * 1024).fill(i)]),
);

export default function (doc: Document): void {
  doc.add_root(new ColumnDataSource({ data }));
}
