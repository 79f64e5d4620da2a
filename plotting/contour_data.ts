import type { ContourColumns } from "../models/behaviors/renderers.ts";
import type { ColumnData } from "../models/columns/columns.ts";
import { gridCells, type GridValues } from "./contour_grid.ts";
import { contourAreas, contourLines, type Path } from "./contour_shapes.ts";

/** Values on a grid, and the levels that are looked for. */
export interface ContourInput {
  /** The values in rows. */
  readonly z: GridValues;
  /**
   * The x-coordinates of the columns, or of every value.
   * @default {0, 1, 2, …}
   */
  readonly x?: ArrayLike<number> | GridValues | undefined;
  /**
   * The y-coordinates of the rows, or of every value.
   * @default {0, 1, 2, …}
   */
  readonly y?: ArrayLike<number> | GridValues | undefined;
  /** The levels, increasing: there is a line at each, and an area between each two. */
  readonly levels: ArrayLike<number>;
}

/** What {@linkcode contour_data} is to find. */
export interface ContourDataOptions {
  /**
   * Whether to find the areas between levels.
   * @default {true}
   */
  readonly want_fill?: boolean;
  /**
   * Whether to find the lines at levels.
   * @default {true}
   */
  readonly want_line?: boolean;
}

/** The columns of contours without areas. */
export const NO_AREAS: ColumnData = { xs: [], ys: [], lower_levels: [], upper_levels: [] };
/** The columns of contours without lines. */
export const NO_LINES: ColumnData = { xs: [], ys: [], levels: [] };

/**
 * Finds the lines and areas of contours, for a renderer that `contour()` of a figure made.
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
 * @throws {RangeError} if the levels are not in increasing order.
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
 * Levels in a list.
 *
 * @throws {TypeError} if there are none.
 * @throws {RangeError} if they are not in increasing order.
 */
export function checkLevels(given: ArrayLike<number> | undefined): number[] {
  const levels = Array.from(given ?? []);
  if (levels.length === 0) throw new TypeError("Cannot contour: no levels are given");
  if (levels.some((level, i) => i > 0 && level <= levels[i - 1]!)) {
    throw new RangeError("Cannot contour: the levels are not in increasing order");
  }
  return levels;
}

/** Several lines as one, with a gap of NaN between them. */
function joined(lines: readonly Path[]): Path {
  const join = (parts: Float64Array[]) =>
    Float64Array.from(parts.flatMap((part, i) => i === 0 ? [...part] : [NaN, ...part]));
  return { xs: join(lines.map(({ xs }) => xs)), ys: join(lines.map(({ ys }) => ys)) };
}
