import { assertEquals } from "@std/assert";
import { gridCells } from "./contour_grid.ts";
import { contourAreas, contourLines, type Path } from "./contour_shapes.ts";
import contours from "./testdata/contours.json" with { type: "json" };

/** Coordinates to six places: the last bits depend on the end that is interpolated from. */
function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Math.round(value * 1e6) / 1e6);
}

function axes<T>(paths: readonly T[], map: (path: T, axis: "xs" | "ys") => unknown): unknown[] {
  return (["xs", "ys"] as const).map((axis) => paths.map((path) => map(path, axis)));
}

/** Lines of one level as Bokeh sends them: one after the other, with null between them. */
function joined(lines: readonly Path[], axis: "xs" | "ys"): (number | null)[] {
  return lines.flatMap((line, i) => [...i === 0 ? [] : [null], ...rounded(line[axis])]);
}

for (const [i, { x, y, z, areas, lines }] of contours.cases.entries()) {
  const cells = gridCells(z.map((row) => row.map((value) => value ?? NaN)), x, y);
  const { levels } = contours;

  Deno.test(`contourLines() makes Bokeh's lines in its order, of grid ${i}`, () => {
    assertEquals(axes(levels.map((level) => contourLines(cells, level)), joined), lines);
  });

  Deno.test(`contourAreas() makes Bokeh's areas in its order, of grid ${i}`, () => {
    const made = levels.slice(1).map((upper, j) => contourAreas(cells, levels[j]!, upper));
    assertEquals(axes(made, (level, axis) => level.map((area) => area.map((ring) => rounded(ring[axis])))), areas);
  });
}
