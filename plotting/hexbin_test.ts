import { assertEquals, assertThrows } from "@std/assert";
import { axial_to_cartesian, cartesian_to_axial, hexbin } from "./hexbin.ts";

Deno.test("hexbin() counts points as Bokeh does, in the same order", () => {
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

Deno.test("hexbin() supports flat-top tiles and an aspect ratio", () => {
  const bins = hexbin([0, 3, 3.1, -3], [0, 1, 1.1, 5], { size: 1, orientation: "flattop", aspect_scale: 2 });
  assertEquals([[...bins.q], [...bins.r], [...bins.counts]], [[0, 2, -2], [0, -1, 0], [1, 2, 1]]);
});

Deno.test("hexbin() throws for coordinates of different lengths", () => {
  assertThrows(() => hexbin([1], [1, 2], { size: 1 }), RangeError, "1 x-coordinates and 2 y-coordinates");
});

const Q = [0, 1, -2, 3];
const R = [0, 2, 1, -3];
const STANDING = { size: 0.5, aspect_scale: 2 };
const LYING = { ...STANDING, orientation: "flattop" } as const;

Deno.test("axial_to_cartesian() returns the same centers as Bokeh", () => {
  const pointytop = axial_to_cartesian(Q, R, STANDING);
  assertEquals([...pointytop.x], [0, 0.8660254037844386, -0.649519052838329, 0.649519052838329]);
  assertEquals([...pointytop.y], [-0, -1.5, -0.75, 2.25]);
  const flattop = axial_to_cartesian(Q, R, LYING);
  assertEquals([...flattop.x], [0, 0.75, -1.5, 2.25]);
  assertEquals([...flattop.y], [-0, -4.330127018922193, -0, 2.598076211353316]);
});

Deno.test("cartesian_to_axial() returns the same tiles as Bokeh", () => {
  for (const tiling of [STANDING, LYING]) {
    const { x, y } = axial_to_cartesian(Q, R, tiling);
    assertEquals(cartesian_to_axial(x, y, tiling), { q: Int32Array.from(Q), r: Int32Array.from(R) });
  }
  const [x, y] = [[.1, 2.3, -4.2], [1, .2, 3.3]];
  assertEquals(cartesian_to_axial(x, y, STANDING), { q: Int32Array.of(1, 5, -8), r: Int32Array.of(-1, 0, -4) });
  assertEquals(cartesian_to_axial(x, y, LYING), { q: Int32Array.of(0, 3, -6), r: Int32Array.of(-1, -2, 1) });
});
