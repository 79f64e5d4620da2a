import { assertEquals } from "@std/assert";
import { gridCells } from "./contour_grid.ts";
import { contourAreas, contourLines, type Path } from "./contour_shapes.ts";
import contours from "./testdata/contours.json" with { type: "json" };

/** Rounds coordinates to six places: the last bits depend on the direction of interpolation. */
function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Math.round(value * 1e6) / 1e6);
}

function axes<T>(paths: readonly T[], map: (path: T, axis: "xs" | "ys") => unknown): unknown[] {
  return (["xs", "ys"] as const).map((axis) => paths.map((path) => map(path, axis)));
}

/** Concatenates the lines of a level as Bokeh serializes them, separated by null. */
function joined(lines: readonly Path[], axis: "xs" | "ys"): (number | null)[] {
  return lines.flatMap((line, i) => [...i === 0 ? [] : [null], ...rounded(line[axis])]);
}

for (const [i, { x, y, z, areas, lines }] of contours.cases.entries()) {
  const cells = gridCells(z.map((row) => row.map((value) => value ?? NaN)), x, y);
  const { levels } = contours;

  Deno.test(`contourLines() returns Bokeh's lines in Bokeh's order for grid ${i}`, () => {
    assertEquals(axes(levels.map((level) => contourLines(cells, level)), joined), lines);
  });

  Deno.test(`contourAreas() returns Bokeh's areas in Bokeh's order for grid ${i}`, () => {
    const made = levels.slice(1).map((upper, j) => contourAreas(cells, levels[j]!, upper));
    assertEquals(axes(made, (level, axis) => level.map((area) => area.map((ring) => rounded(ring[axis])))), areas);
  });
}
