import { assert, assertEquals } from "@std/assert";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Document } from "../document/document.ts";
import {
  ColumnDataSource,
  GlyphRenderer,
  Image,
  Line,
  type Plot,
  Plot as PlotModel,
  Range1d,
  Scatter,
} from "../models/gen/classes.ts";
import { figure } from "../plotting/mod.ts";
import { openSession } from "../testing/mod.ts";
import { large_line, large_scatter, LineArrays, PointArrays, SqlPoints } from "./mod.ts";

const COUNT = 200_000;
const x = Float64Array.from({ length: COUNT }, (_, i) => i);
const y = x.map((value) => Math.sin(value / 5000));

/** Returns the data source of the renderer of a type of glyph. */
function sourceOf(doc: Document, glyph: typeof Line | typeof Image | typeof Scatter): ColumnDataSource {
  const renderer = doc.select({ type: GlyphRenderer }).find((found) => found.glyph instanceof glyph)!;
  return renderer.data_source as ColumnDataSource;
}

/** Sets the ranges of a plot as a client that pans and zooms. */
function zoom(plot: Plot, x: [number, number], y: [number, number] = [-1, 1]): void {
  (plot.x_range as Range1d).update({ start: x[0], end: x[1] });
  (plot.y_range as Range1d).update({ start: y[0], end: y[1] });
}

Deno.test("large_line() sends the points that a view shows, and others after a zoom", async () => {
  const data = new LineArrays(x, y);
  await using session = await openSession(async (doc: Document) => {
    const plot = figure({ width: 500, height: 300 });
    await large_line(doc, plot, data);
    doc.add_root(plot);
  });
  const source = sourceOf(session.doc, Line);
  assert(source.length > 500 && source.length <= 2002, `${source.length} points`);
  const plot = session.doc.select_one(PlotModel)!;
  assertEquals([plot.x_range.get("start"), plot.x_range.get("end")], [0, COUNT - 1]);

  zoom(plot, [1000, 1010]);
  await session.settled();
  await session.clock.tick(100);
  await session.settled();
  assertEquals(Array.from(source.data["x"]), Array.from({ length: 12 }, (_, i) => 999 + i));
});

Deno.test("large_scatter() sends counts of points, and the points themselves if they are few", async () => {
  const data = new PointArrays(x, y);
  await using session = await openSession(async (doc: Document) => {
    const plot = figure({ width: 400, height: 300 });
    await large_scatter(doc, plot, data, { max_markers: 100 });
    doc.add_root(plot);
  });
  const [cells, markers] = [sourceOf(session.doc, Image), sourceOf(session.doc, Scatter)];
  const [counts] = cells.data["image"];
  assertEquals([counts.shape, markers.length], [[150, 200], 0]);
  assertEquals(counts.reduce((sum: number, count: number) => sum + count, 0), COUNT);

  zoom(session.doc.select_one(PlotModel)!, [1000, 1010]);
  await session.settled();
  await session.clock.tick(100);
  await session.settled();
  assertEquals([cells.length, Array.from(markers.data["x"])], [0, Array.from({ length: 10 }, (_, i) => 1000 + i)]);
});

Deno.test("SqlPoints lets DuckDB compute what the arrays compute", async () => {
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  await connection.run(`create table waves as select i as "the x", sin(i / 5000) as y from range(${COUNT}) s(i)`);
  const query = async (sql: string) => (await connection.runAndReadAll(sql)).getColumnsObjectJS();
  const sql = new SqlPoints(query, { from: "waves", x: "the x", y: "y" });
  const arrays = new LineArrays(x, y);
  const rounded = (points: { x: Float64Array; y: Float64Array }) =>
    Array.from(points.x, (value, i) => `${value} ${points.y[i]!.toFixed(9)}`);
  assertEquals((await sql.extents()).x, arrays.extents().x);
  const view = { start: 0, end: COUNT, pixels: 100, isLog: false };
  const missing = new Set(rounded(arrays.pointsIn(view))).difference(new Set(rounded(await sql.pointsIn(view))));
  // The arrays also return the neighbors of the first and of the last point.
  assertEquals([...missing].map((point) => point.split(" ")[0]), ["1", `${COUNT - 2}`]);
  const [columns, rows] = [{ ...view, pixels: 20 }, { start: -1, end: 1.1, pixels: 10, isLog: false }];
  const found = await sql.viewOf(columns, rows, 10);
  if (!("counts" in found)) throw new Error("The points were not counted");
  assertEquals([found.total, found.counts.reduce((sum, count) => sum + count)], [COUNT, COUNT]);
  const few = await sql.viewOf({ ...columns, start: 5, end: 8.5 }, rows, 10);
  if (!("points" in few)) throw new Error("The points were counted");
  assertEquals([...few.points.x].sort(), [5, 6, 7, 8]);
  connection.closeSync();
  database.closeSync();
});
