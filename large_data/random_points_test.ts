/** Views of random points: what the classes compute is compared with a slow and simple computation. */

import { assert, assertEquals } from "@std/assert";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { openSession } from "../testing/mod.ts";
import { type AxisView, LineArrays, PointArrays, type Points, SqlPoints } from "./mod.ts";
import { gridOf, imageOf } from "./density_image.ts";

/** Numbers on a grid of quarters, so that many points are on the edges of cells, and NaN. */
const coordinate = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -40, max: 400 }).map((i) => i / 4) }, {
  weight: 1,
  arbitrary: fc.constant(NaN),
});
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 200 });
const axis: fc.Arbitrary<AxisView> = fc.record({
  start: fc.integer({ min: 1, max: 50 }),
  length: fc.integer({ min: 1, max: 60 }),
  pixels: fc.integer({ min: 1, max: 12 }),
  isLog: fc.boolean(),
}).map(({ start, length, ...rest }) => ({ start, end: start + length, ...rest }));

/** Returns the cell of a coordinate; undefined outside of the view. */
function cellOf(value: number, { start, end, pixels, isLog }: AxisView): number | undefined {
  if (!(value >= start && value < end)) return undefined;
  const [low, high, at] = isLog ? [start, end, value].map(Math.log) as [number, number, number] : [start, end, value];
  return Math.min(pixels - 1, Math.floor((at - low) * (pixels / (high - low))));
}

function columnsOf(found: readonly (readonly [number, number])[]): Points {
  return { x: Float64Array.from(found, ([x]) => x), y: Float64Array.from(found, ([, y]) => y) };
}

/** Returns points as sorted texts. */
function texts({ x, y }: Points): string[] {
  return Array.from(x, (value, i) => `${value} ${y[i]}`).sort();
}

/** Opens a database with a table of points. */
async function openTable() {
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  return {
    /** Fills the table. */
    async fill(found: readonly (readonly [number, number])[]): Promise<SqlPoints> {
      await connection.run("create or replace table points (x double, y double)");
      const rows = found.map(([x, y]) => `('${x}'::double, '${y}'::double)`);
      if (rows.length > 0) await connection.run(`insert into points values ${rows.join(", ")}`);
      const query = async (sql: string) => (await connection.runAndReadAll(sql)).getColumnsObjectJS();
      return new SqlPoints(query, { from: "points", x: "x", y: "y" });
    },
    [Symbol.dispose]() {
      connection.closeSync();
      database.closeSync();
    },
  };
}

Deno.test("PointArrays and SqlPoints count the points of each cell, or return those in the view", async () => {
  using table = await openTable();
  await using session = await openSession(() => {});
  const property = fc.asyncProperty(
    points,
    axis,
    axis,
    fc.integer({ min: 0, max: 60 }),
    async (onEdges, x, y, limit) => {
      // The logarithms of DuckDB can differ in the last bit, which must not move a point to the next cell.
      const shift = x.isLog || y.isLog ? 0.01 : 0;
      const all = onEdges.map(([atX, atY]) => [atX + shift, atY + shift] as const);
      const counts = new Uint32Array(x.pixels * y.pixels);
      const inView = all.filter(([atX, atY]) => {
        const [column, row] = [cellOf(atX, x), cellOf(atY, y)];
        if (column === undefined || row === undefined) return false;
        counts[row * x.pixels + column]!++;
        return true;
      });
      const columns = columnsOf(all);
      for (const data of [new PointArrays(columns.x, columns.y), await table.fill(all)]) {
        const found = await data.viewOf(x, y, limit, session.serverDoc);
        if ("points" in found) {
          assert(inView.length <= limit);
          assertEquals(texts(found.points), texts(columnsOf(inView)));
        } else {
          assert(inView.length > limit);
          assertEquals([found.total, found.counts], [inView.length, counts]);
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 60, endOnFailure: true });
});

/** Returns the lowest and highest y-coordinate in each pixel, ignoring NaN. */
function rangesOf({ x, y }: Points, view: AxisView): (readonly [number, number])[] {
  return Array.from({ length: view.pixels }, (_, pixel) => {
    const inPixel = [...y].filter((value, i) => cellOf(x[i]!, view) === pixel && !Number.isNaN(value));
    return [Math.min(...inPixel), Math.max(...inPixel)];
  });
}

/** Returns the last point before a view and the first one after it. */
function neighborsOf({ x, y }: Points, view: AxisView): string[] {
  const before = x.findLastIndex((value) => value < view.start);
  const after = x.findIndex((value) => value >= view.end);
  return [before, after].filter((i) => i >= 0).map((i) => `${x[i]} ${y[i]}`);
}

Deno.test("LineArrays and SqlPoints return the lowest and highest points of each pixel, and the neighbors of the view", async () => {
  using table = await openTable();
  const line = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 150 }).chain((found) =>
    fc.tuple(...found.sort((a, b) => a - b).map((x) => fc.tuple(fc.constant(x / 4), coordinate)))
  );
  const property = fc.asyncProperty(line, axis, async (all, view) => {
    const columns = columnsOf(all);
    for (const data of [new LineArrays(columns.x, columns.y), await table.fill(all)]) {
      const found = await data.pointsIn(view);
      const name = data.constructor.name;
      assertEquals(rangesOf(found, view), rangesOf(columns, view), name);
      assert(found.x.length <= 4 * view.pixels + 2, name);
      assert(found.x.every((value, i) => i === 0 || value >= found.x[i - 1]!), name);
      const all = new Set(texts(columns));
      assertEquals(texts(found).filter((text) => !all.has(text)), [], name);
      for (const neighbor of neighborsOf(columns, view)) assert(texts(found).includes(neighbor), `${name} ${neighbor}`);
    }
  });
  await fc.assert(property, { numRuns: 60, endOnFailure: true });
});

Deno.test("LineArrays with a maximum has the newest points of a stream", () => {
  const chunks = fc.array(fc.array(coordinate, { maxLength: 700 }), { maxLength: 12 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 900 }), axis, (parts, rollover, view) => {
      const line = new LineArrays([], [], { rollover });
      const all: [number, number][] = [];
      for (const ys of parts) {
        const added = ys.map((y, i): [number, number] => [(all.length + i) / 8, y]);
        all.push(...added);
        const { x, y } = columnsOf(added);
        line.append(x, y);
        const kept = columnsOf(all.slice(-rollover));
        assertEquals(line.length, kept.x.length);
        assertEquals(rangesOf(line.pointsIn(view), view), rangesOf(kept, view));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("images of counts have at most 160 KB, and keep the sum of the counts", () => {
  const size = fc.integer({ min: 20, max: 4000 });
  const most = fc.constantFrom(3, 2 ** 8, 2 ** 16 - 1, 2 ** 20);
  fc.assert(
    fc.property(
      size,
      size,
      fc.integer({ min: 1, max: 5 }),
      most,
      fc.boolean(),
      (width, height, cell, highest, isLog) => {
        const view = { x: { start: 1, end: 9, pixels: width, isLog }, y: { start: 2, end: 4, pixels: height, isLog } };
        const grid = gridOf(view, cell);
        const counts = new Uint32Array(grid.x.pixels * grid.y.pixels).map((_, i) => (i * 7919) % 5);
        counts[counts.length >> 1] = highest;
        const { image: [image], dw, dh } = imageOf(counts, grid);
        assert(image!.byteLength <= 160_000, `${image!.byteLength} bytes`);
        const sum = (items: Iterable<number>) => [...items].reduce((total, count) => total + count, 0);
        assertEquals(sum(image!), sum(counts));
        assert(dw[0]! >= 8 && dh[0]! >= 2);
      },
    ),
    { numRuns: 40 },
  );
});
