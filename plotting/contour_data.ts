/**
 * Computes the columns of contour lines and filled areas.
 *
 * @module
 */

import type { ContourColumns } from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";
import { gridCells, type GridValues } from "./contour_grid.ts";
import { contourAreas, contourLines, type Path } from "./contour_shapes.ts";

/** Values on a grid, and the contour levels. */
export interface ContourInput {
  /** Values as rows of numbers. At least 2 × 2. */
  readonly z: GridValues;
  /**
   * The x-coordinates: one for each column, or one for each value.
   *
   * @default {0, 1, 2, …}
   */
  readonly x?: ArrayLike<number> | GridValues | undefined;
  /**
   * The y-coordinates: one for each row, or one for each value.
   *
   * @default {0, 1, 2, …}
   */
  readonly y?: ArrayLike<number> | GridValues | undefined;
  /** Levels in increasing order. */
  readonly levels: ArrayLike<number>;
}

/** Options of {@linkcode contour_data}. */
export interface ContourDataOptions {
  /**
   * Whether to compute the filled areas between adjacent levels.
   *
   * @default {true}
   */
  readonly want_fill?: boolean;
  /**
   * Whether to compute the lines at the levels.
   *
   * @default {true}
   */
  readonly want_line?: boolean;
}

/** Columns of a data source for areas, without any. */
export const NO_AREAS: ColumnData = { xs: [], ys: [], lower_levels: [], upper_levels: [] };
/** Columns of a data source for lines, without any. */
export const NO_LINES: ColumnData = { xs: [], ys: [], levels: [] };

/**
 * Computes contour lines and filled areas, to update a renderer that `figure().contour()` created.
 *
 * @example Draw the contours of other values
 * ```ts
 * import { contour_data, figure } from "@bokeh/server/plotting";
 *
 * const levels = [0.5, 1.5];
 * const contours = figure().contour({ z: [[0, 1], [1, 2]], levels, line_color: "black" });
 * contours.set_data(contour_data({ z: [[2, 1], [1, 0]], levels }, { want_fill: false }));
 * ```
 *
 * @throws {TypeError} If there are no levels.
 * @throws {RangeError} If the levels are not increasing, or the shapes of `x`, `y` and `z` do not
 * match.
 */
export function contour_data(
  { x, y, z, levels: given }: ContourInput,
  { want_fill = true, want_line = true }: ContourDataOptions = {},
): ContourColumns {
  const levels = checkLevels(given);
  const cells = gridCells(z, x, y);
  const lines = want_line ? levels.map((level) => joined(contourLines(cells, level))) : [];
  const areas = want_fill ? levels.slice(1).map((upper, i) => contourAreas(cells, levels[i]!, upper)) : [];
  return {
    line_data: want_line ? { xs: lines.map(({ xs }) => xs), ys: lines.map(({ ys }) => ys), levels } : null,
    fill_data: want_fill
      ? {
        xs: areas.map((polygons) => polygons.map((rings) => rings.map(({ xs }) => xs))),
        ys: areas.map((polygons) => polygons.map((rings) => rings.map(({ ys }) => ys))),
        lower_levels: levels.slice(0, -1),
        upper_levels: levels.slice(1),
      }
      : null,
  };
}

/**
 * Returns the levels as an array.
 *
 * @throws {TypeError} If there are no levels.
 * @throws {RangeError} If the levels are not increasing.
 */
export function checkLevels(given: ArrayLike<number> | undefined): number[] {
  const levels = Array.from(given ?? []);
  if (levels.length === 0) throw new TypeError("Cannot contour: no levels are given");
  if (levels.some((level, i) => i > 0 && level <= levels[i - 1]!)) {
    throw new RangeError("Cannot contour: the levels are not increasing");
  }
  return levels;
}

/** Concatenates lines, separated by NaN, at which BokehJS interrupts a line. */
function joined(lines: readonly Path[]): Path {
  const join = (parts: Float64Array[]) =>
    Float64Array.from(parts.flatMap((part, i) => i === 0 ? [...part] : [NaN, ...part]));
  return { xs: join(lines.map(({ xs }) => xs)), ys: join(lines.map(({ ys }) => ys)) };
}
