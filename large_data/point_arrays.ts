import type { Document } from "../document/document.ts";
import { countPoints } from "./count_points.ts";
import type { Numbers } from "./line_arrays.ts";
import type { AxisView, Extents, PointData, PointsView } from "./view.ts";

/**
 * Data of a scatter plot in memory, in any order. Points with NaN are not drawn.
 *
 * A task counts the points in another thread, with which it shares the memory.
 */
export class PointArrays implements PointData {
  readonly #x: Float64Array;
  readonly #y: Float64Array;

  /**
   * Copies points to memory that threads share. `Float64Array`s in shared memory are not copied: do
   * not change them later. Create one object for all sessions.
   *
   * @throws {RangeError} If the arrays have different lengths.
   */
  constructor(x: Numbers, y: Numbers) {
    if (x.length !== y.length) {
      throw new RangeError(`Cannot draw points with ${x.length} x-coordinates and ${y.length} y-coordinates`);
    }
    this.#x = shared(x);
    this.#y = shared(y);
  }

  /** Returns the extents of both coordinates. */
  extents(): Extents {
    return { x: extentOf(this.#x), y: extentOf(this.#y) };
  }

  /** Returns the points in a view, or their numbers in the cells of a grid. */
  viewOf(x: AxisView, y: AxisView, limit: number, doc: Document): Promise<PointsView> {
    return doc.task(countPoints, { points: { x: this.#x, y: this.#y }, x, y, limit });
  }
}

function shared(numbers: Numbers): Float64Array {
  if (numbers instanceof Float64Array && numbers.buffer instanceof SharedArrayBuffer) return numbers;
  const copy = new Float64Array(new SharedArrayBuffer(8 * numbers.length));
  copy.set(numbers);
  return copy;
}

function extentOf(values: Float64Array): Extents["x"] {
  let [start, end] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < start) start = value;
    if (value > end) end = value;
  }
  return start > end ? { start: NaN, end: NaN } : { start, end };
}
