import { ndarray } from "../models/columns/make_ndarray.ts";
import type { AxisView } from "./view.ts";
import type { PlotView } from "./view_follower.ts";

/** Maximum number of cells of an image, whose counts have at most two bytes. */
const MOST_CELLS = 80_000;

/** The cells in which the points of a view are counted: their numbers are the pixels of the axes. */
export interface Grid {
  /** Columns. */
  readonly x: AxisView;
  /** Rows. */
  readonly y: AxisView;
}

/** Returns the grid of a view, with cells of a size in pixels, or larger ones if there are too many. */
export function gridOf({ x, y }: PlotView, cell: number): Grid {
  const size = Math.max(cell, Math.sqrt(x.pixels * y.pixels / MOST_CELLS));
  const columns = Math.min(MOST_CELLS, Math.max(1, Math.round(x.pixels / size)));
  const rows = Math.min(Math.floor(MOST_CELLS / columns), Math.max(1, Math.round(y.pixels / size)));
  return { x: { ...x, pixels: columns }, y: { ...y, pixels: rows } };
}

/**
 * Returns the columns of an image of counts, with the fewest bytes. Counts of more than two bytes
 * are added up in cells of four times the area, so that there are not more bytes than with two.
 */
export function imageOf(counts: Uint32Array, { x, y }: Grid) {
  let image = { counts, columns: x.pixels, rows: y.pixels };
  let most = highest(counts);
  if (most >= 2 ** 16) {
    image = addUp(image);
    most = highest(image.counts);
  }
  // The last column and row of added cells can reach beyond the view.
  const scale = image.counts === counts ? 1 : 2;
  return {
    image: [ndarray(compact(image.counts, most), [image.rows, image.columns])],
    x: [x.start],
    y: [y.start],
    dw: [sizeOf(x, scale * image.columns)],
    dh: [sizeOf(y, scale * image.rows)],
  };
}

/** Returns the distance from the start of an axis to the end of some cells. */
function sizeOf({ start, end, pixels, isLog }: AxisView, cells: number): number {
  if (cells === pixels) return end - start;
  return isLog ? start * ((end / start) ** (cells / pixels) - 1) : (end - start) * cells / pixels;
}

/** Counts row by row. */
interface Counts {
  readonly counts: Uint32Array;
  readonly columns: number;
  readonly rows: number;
}

/** Returns the counts of cells of two columns and two rows. */
function addUp({ counts, columns, rows }: Counts): Counts {
  const added = { columns: Math.ceil(columns / 2), rows: Math.ceil(rows / 2) };
  const sums = new Uint32Array(added.columns * added.rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      sums[(row >> 1) * added.columns + (column >> 1)]! += counts[row * columns + column]!;
    }
  }
  return { ...added, counts: sums };
}

function compact(counts: Uint32Array, most: number): Uint8Array | Uint16Array | Uint32Array {
  return most < 2 ** 8 ? Uint8Array.from(counts) : most < 2 ** 16 ? Uint16Array.from(counts) : counts;
}

function highest(counts: Uint32Array): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}
