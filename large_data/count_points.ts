import { defineTask } from "../tasks/mod.ts";
import type { AxisView, PointsView } from "./view.ts";

/** Number of points of a block. */
export const BLOCK = 4096;

/** Coordinates in shared memory, so that they are not copied. */
export interface BlockedNumbers {
  /** The coordinates. */
  readonly numbers: Float64Array;
  /** The lowest and the highest coordinate of each block. Infinity and -Infinity if all are NaN. */
  readonly extents: Float64Array;
}

interface BlockedPoints {
  readonly x: BlockedNumbers;
  readonly y: BlockedNumbers;
}

/** The points to count, and the grid. */
export interface CountInput {
  /** All points. Blocks without points in the view are skipped. */
  readonly points: BlockedPoints;
  /** Range and number of cells in the x-dimension. */
  readonly x: AxisView;
  /** Range and number of cells in the y-dimension. */
  readonly y: AxisView;
  /** Maximum number of points that are returned themselves. */
  readonly limit: number;
}

/** Number of blocks after which the task checks whether it is to stop. */
const BLOCKS_BETWEEN_CHECKS = 256;

/** Counts points in the cells of a grid, in a Worker. */
export const countPoints = defineTask(
  import.meta,
  ({ points, x, y, limit }: CountInput, { throwIfAborted }): PointsView => {
    const grid = { x: linear(x), y: linear(y), columns: x.pixels, counts: new Uint32Array(x.pixels * y.pixels) };
    const inView: number[] = [];
    let total = 0;
    for (let block = 0; block * BLOCK < points.x.numbers.length; block++) {
      if (block % BLOCKS_BETWEEN_CHECKS === 0) throwIfAborted();
      if (!overlaps(points.x, block, x) || !overlaps(points.y, block, y)) continue;
      total += countBlock(points, block, grid, limit - total, inView);
    }
    if (total > limit) return { counts: grid.counts, total };
    const at = ({ numbers }: BlockedNumbers) => Float64Array.from(inView, (i) => numbers[i]!);
    return { points: { x: at(points.x), y: at(points.y) } };
  },
);

function overlaps({ extents }: BlockedNumbers, block: number, { start, end }: AxisView): boolean {
  return extents[2 * block]! < end && extents[2 * block + 1]! >= start;
}

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

/** Counts the points of a block, and adds the indices of up to `limit` of them to `inView`. */
function countBlock(
  points: BlockedPoints,
  block: number,
  { x, y, columns, counts }: Grid,
  limit: number,
  inView: number[],
): number {
  const [xs, ys] = [points.x.numbers, points.y.numbers];
  const last = Math.min((block + 1) * BLOCK, xs.length);
  let total = 0;
  for (let i = block * BLOCK; i < last; i++) {
    const column = ((x.isLog ? Math.log(xs[i]!) : xs[i]!) - x.start) * x.factor;
    const row = ((y.isLog ? Math.log(ys[i]!) : ys[i]!) - y.start) * y.factor;
    // Comparisons with NaN are false.
    if (!(column >= 0 && column < x.cells && row >= 0 && row < y.cells)) continue;
    counts[(row | 0) * columns + (column | 0)]!++;
    if (total++ < limit) inView.push(i);
  }
  return total;
}
