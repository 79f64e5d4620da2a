import { assertEquals, assertThrows } from "@std/assert";
import { hexbin } from "./hexbin.ts";

Deno.test("hexbin() counts points as Bokeh does, in its order", () => {
  const x = Array.from({ length: 200 }, (_, i) => (i * 37 % 101) / 10 - 5);
  const y = Array.from({ length: 200 }, (_, i) => (i * 53 % 97) / 10 - 5);
  const { q, r, counts } = hexbin(x, y, { size: 1 });
  assertEquals(Array.from(q.slice(0, 8), (v, i) => [v, r[i], counts[i]]), [
    [0, 0, 5],
    [0, 1, 5],
    [0, 2, 5],
    [0, 3, 8],
    [0, -3, 1],
    [0, -2, 4],
    [0, -1, 4],
    [1, 0, 6],
  ]);
  assertEquals(counts.reduce((sum, count) => sum + count, 0), 200);
});

Deno.test("hexbin() counts on tiles that lie on a side and are stretched", () => {
  const bins = hexbin([0, 3, 3.1, -3], [0, 1, 1.1, 5], { size: 1, orientation: "flattop", aspect_scale: 2 });
  assertEquals([[...bins.q], [...bins.r], [...bins.counts]], [[0, 2, -2], [0, -1, 0], [1, 2, 1]]);
});

Deno.test("hexbin() refuses coordinates of different lengths", () => {
  assertThrows(() => hexbin([1], [1, 2], { size: 1 }), RangeError, "1 x-coordinates and 2 y-coordinates");
});
