import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gridCells } from "./contour_grid.ts";
import { contourAreas, contourLines } from "./contour_shapes.ts";

const peak = gridCells([[0, 0, 0, 0], [0, 2, 2, 0], [0, 2, 2, 0], [0, 0, 0, 0]]);

Deno.test("contourLines() returns one closed line around a peak", () => {
  const lines = contourLines(peak, 1);
  assertEquals(lines.length, 1);
  assertEquals(lines[0]!.xs.length, 9);
  assertEquals(lines[0]!.xs[0], lines[0]!.xs.at(-1));
  assertEquals(Math.min(...lines[0]!.xs), 0.5);
  assertEquals(Math.max(...lines[0]!.ys), 2.5);
});

Deno.test("contourLines() ends lines at the border of the grid", () => {
  const [line, ...others] = contourLines(gridCells([[0, 1], [0, 1], [0, 1]], [10, 20], [0, 5, 10]), 0.25);
  assertEquals(others, []);
  assertEquals([...line!.xs], [12.5, 12.5, 12.5]);
  assertEquals([...line!.ys].sort((a, b) => a - b), [0, 5, 10]);
});

Deno.test("contourAreas() returns a hole around values above the upper level", () => {
  const areas = contourAreas(peak, 0.5, 1.5);
  assertEquals(areas.map((area) => area.length), [2]);
  const [outer, hole] = areas[0]!;
  assertEquals(Math.min(...outer!.xs), 0.25);
  assertEquals(Math.min(...hole!.xs), 0.75);
});

Deno.test("contourAreas() separates a saddle by the mean of its cell", () => {
  const low = gridCells([[1, 0], [0, 1]]);
  assertEquals(contourAreas(low, 0.6, 2).length, 2);
  assertEquals(contourAreas(low, 0.4, 2).length, 1);
});

Deno.test("contourAreas() of all levels cover the grid", () => {
  const values = Array.from(
    { length: 12 },
    (_, j) => Array.from({ length: 9 }, (_, i) => Math.sin(i) * Math.cos(j * 0.7)),
  );
  const cells = gridCells(values);
  const levels = [-2, -0.5, 0, 0.3, 0.6, 2];
  let covered = 0;
  for (let n = 0; n + 1 < levels.length; n++) {
    for (const area of contourAreas(cells, levels[n]!, levels[n + 1]!)) {
      area.forEach(({ xs, ys }, ring) => {
        let size = 0;
        for (let i = 0; i + 1 < xs.length; i++) size += (xs[i]! * ys[i + 1]! - xs[i + 1]! * ys[i]!) / 2;
        covered += ring === 0 ? Math.abs(size) : -Math.abs(size);
      });
    }
  }
  assertAlmostEquals(covered, 8 * 11, 1e-9);
});

Deno.test("gridCells() accepts typed arrays with a shape, and returns triangles for cells with one missing value", () => {
  const z = Object.assign(Float64Array.of(0, 1, NaN, 0, 1, 2), { shape: [2, 3] });
  assertEquals(gridCells(z).map((cell) => cell.length), [4, 3]);
});

Deno.test("gridCells() omits cells with more than one missing value", () => {
  const z = Object.assign(Float64Array.of(0, 1, NaN, 0, 1, NaN), { shape: [2, 3] });
  assertEquals(gridCells(z).map((cell) => cell.length), [4]);
});

Deno.test("gridCells() throws for shapes that do not match", () => {
  assertThrows(() => gridCells([[1, 2]]), RangeError, "1 × 2");
  assertThrows(() => gridCells([[1, 2], [1]]), RangeError, "differ in length");
  assertThrows(() => gridCells([[1, 2], [3, 4]], [1]), RangeError, "x has 1 items, expected 2");
});
