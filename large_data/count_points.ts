import { defineTask } from "../tasks/mod.ts";
import type { AxisView, Points, PointsView } from "./view.ts";

/** The points to count, and the grid. */
export interface CountInput {
  /** All points. Their arrays have shared memory, so that they are not copied. */
  readonly points: Points;
  /** Range and number of cells in the x-dimension. */
  readonly x: AxisView;
  /** Range and number of cells in the y-dimension. */
  readonly y: AxisView;
  /** Maximum number of points that are returned themselves. */
  readonly limit: number;
}

/** Number of points after which the task checks whether it is to stop. */
const SLICE = 1 << 20;

/** Counts points in the cells of a grid, in a Worker. */
export const countPoints = defineTask(
  import.meta,
  ({ points, x, y, limit }: CountInput, { throwIfAborted }): PointsView => {
    const grid = { x: linear(x), y: linear(y), columns: x.pixels, counts: new Uint32Array(x.pixels * y.pixels) };
    const inView: number[] = [];
    let total = 0;
    for (let start = 0; start < points.x.length; start += SLICE) {
      throwIfAborted();
      total += countSlice(points, start, Math.min(start + SLICE, points.x.length), grid, limit - total, inView);
    }
    if (total > limit) return { counts: grid.counts, total };
    const at = (values: Float64Array) => Float64Array.from(inView, (i) => values[i]!);
    return { points: { x: at(points.x), y: at(points.y) } };
  },
);

/** The linear function from coordinates (or their logarithms) to cells of one dimension. */
interface CellScale {
  readonly start: number;
  readonly factor: number;
  readonly cells: number;
  readonly isLog: boolean;
}

interface Grid {
  readonly x: CellScale;
  readonly y: CellScale;
  readonly columns: number;
  readonly counts: Uint32Array;
}

function linear({ start, end, pixels, isLog }: AxisView): CellScale {
  const [low, high] = isLog ? [Math.log(start), Math.log(end)] : [start, end];
  return { start: low, factor: pixels / (high - low), cells: pixels, isLog };
}

/** Counts some points, and adds the indices of up to `limit` of them to `inView`. */
function countSlice(
  { x: xs, y: ys }: Points,
  first: number,
  last: number,
  { x, y, columns, counts }: Grid,
  limit: number,
  inView: number[],
): number {
  let total = 0;
  for (let i = first; i < last; i++) {
    const column = ((x.isLog ? Math.log(xs[i]!) : xs[i]!) - x.start) * x.factor;
    const row = ((y.isLog ? Math.log(ys[i]!) : ys[i]!) - y.start) * y.factor;
    // Comparisons with NaN are false.
    if (!(column >= 0 && column < x.cells && row >= 0 && row < y.cells)) continue;
    counts[(row | 0) * columns + (column | 0)]!++;
    if (total++ < limit) inView.push(i);
  }
  return total;
}
