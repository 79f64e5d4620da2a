import { assert, assertEquals, assertThrows } from "@std/assert";
import { LineArrays } from "./line_arrays.ts";
import { MinMaxIndex } from "./min_max_index.ts";
import { type AxisView, pixelEdges } from "./view.ts";

/** Returns pseudo-random numbers from 0 to 1. */
function randoms(count: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => (state = (state * 16807) % 2147483647) / 2147483647);
}

/** Returns the lowest and highest y-coordinate in each pixel of a view. */
function rangesOf(x: ArrayLike<number>, y: ArrayLike<number>, view: AxisView): (readonly [number, number])[] {
  const edges = pixelEdges(view);
  return Array.from({ length: view.pixels }, (_, pixel) => {
    const inPixel = Array.from(y).filter((value, i) =>
      x[i]! >= edges[pixel]! && x[i]! < edges[pixel + 1]! && !Number.isNaN(value)
    );
    return [Math.min(...inPixel), Math.max(...inPixel)];
  });
}

Deno.test("MinMaxIndex finds the lowest and the highest item of any range", () => {
  const items = randoms(200_000);
  for (let i = 1000; i < 3000; i++) items[i] = NaN;
  const index = new MinMaxIndex(items, 100_000);
  index.extend(150_001);
  index.extend(200_000);
  for (
    const [start, end] of [[0, 200_000], [5, 9], [700, 1000], [1, 131_073], [66_000, 199_999], [900, 3100]] as const
  ) {
    const range = [...items.subarray(start, end)].filter((value) => !Number.isNaN(value));
    const { low, high } = index.find(start, end);
    const expected = range.reduce(([min, max], value) => [Math.min(min!, value), Math.max(max!, value)], [2, -1]);
    assertEquals([items[low], items[high]], expected, `${start} to ${end}`);
  }
  assertEquals(index.find(1000, 3000), { low: -1, high: -1 });
});

Deno.test("LineArrays: a view covers the pixels of all points, on linear and on logarithmic axes", () => {
  const x = randoms(30_000).map((value) => 1 + 999 * value).sort();
  const y = randoms(30_000, 7);
  const line = new LineArrays(x, y);
  const views: AxisView[] = [
    { start: 1, end: 1000, pixels: 300, isLog: false },
    { start: 200, end: 700.5, pixels: 200, isLog: false },
    { start: 1, end: 1000, pixels: 100, isLog: true },
  ];
  for (const view of views) {
    const points = line.pointsIn(view);
    assert(points.x.length <= 4 * view.pixels + 2, `${points.x.length} points`);
    assertEquals(rangesOf(points.x, points.y, view), rangesOf(x, y, view));
    assert(points.x.every((value, i) => i === 0 || value >= points.x[i - 1]!));
  }
});

Deno.test("LineArrays: a view has exact points if they are few, and one more on each side", () => {
  const line = new LineArrays([0, 1, 2, 3, 4, 5], Float32Array.of(0, 10, 20, 30, 40, 50));
  const points = line.pointsIn({ start: 1.5, end: 3.5, pixels: 100, isLog: false });
  assertEquals([[...points.x], [...points.y]], [[1, 2, 3, 4], [10, 20, 30, 40]]);
});

Deno.test("LineArrays: NaN interrupts the line of a view", () => {
  const x = Float64Array.from({ length: 100_000 }, (_, i) => i);
  const y = x.map((value) => value >= 40_000 && value < 60_000 ? NaN : 1);
  const points = new LineArrays(x, y).pointsIn({ start: 0, end: 100_000, pixels: 100, isLog: false });
  const first = points.y.findIndex(Number.isNaN);
  const last = points.y.findLastIndex(Number.isNaN);
  assertEquals([points.x[first]! >= 39_999, points.x[last]! < 60_000, last > first], [true, true, true]);
  assert(points.y.subarray(first, last + 1).every(Number.isNaN));
});

Deno.test("LineArrays: appends points and drops the oldest", () => {
  const line = new LineArrays([0, 1], [5, 6], { rollover: 1000 });
  for (let i = 0; i < 50; i++) {
    const x = Float64Array.from({ length: 100 }, (_, n) => 2 + 100 * i + n);
    line.append(x, x.map((value) => -value));
  }
  assertEquals(line.length, 1000);
  assertEquals(line.extents(), { x: { start: 4002, end: 5001 }, y: { start: -5001, end: -4002 } });
  const points = line.pointsIn({ start: 4500, end: 4502, pixels: 10, isLog: false });
  assertEquals([...points.x], [4499, 4500, 4501, 4502]);
});

Deno.test("LineArrays: rejects coordinates that do not ascend, and arrays of different lengths", () => {
  assertThrows(() => new LineArrays([1, 0], [1, 2]), RangeError, "0 follows 1");
  assertThrows(() => new LineArrays([1, NaN], [1, 2]), RangeError, "NaN follows 1");
  assertThrows(() => new LineArrays([1], [1, 2]), RangeError, "1 x-coordinates and 2");
  assertThrows(() => new LineArrays([1], [1]).append([0], [1]), RangeError, "0 follows 1");
});
