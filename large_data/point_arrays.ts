import type { Document } from "../document/document.ts";
import { runSharedTask } from "../document/session_work.ts";
import { BLOCK, type BlockedNumbers, countPoints } from "./count_points.ts";
import type { Numbers } from "./line_arrays.ts";
import type { AxisView, Extent, Extents, PointData, PointsView } from "./view.ts";

/** Maximum number of views whose points are kept for other sessions. */
const MOST_VIEWS = 8;

/**
 * Data of a scatter plot in memory, in any order. Points with NaN are not drawn.
 *
 * A task counts the points in another thread, with which it shares the memory. Sessions with the same
 * view, such as those that have just started, share the result.
 */
export class PointArrays implements PointData {
  readonly #x: BlockedNumbers;
  readonly #y: BlockedNumbers;
  readonly #extents: Extents;
  /** The latest views. Undefined if a task failed. */
  readonly #views = new Map<string, Promise<PointsView | undefined>>();

  /**
   * Copies points to memory that threads share, and finds their extents, which takes some 15 ms for
   * a million points. `Float64Array`s in shared memory are not copied: do not change them later.
   * Create one object for all sessions.
   *
   * @throws {RangeError} If the arrays have different lengths.
   */
  constructor(x: Numbers, y: Numbers) {
    if (x.length !== y.length) {
      throw new RangeError(`Cannot draw points with ${x.length} x-coordinates and ${y.length} y-coordinates`);
    }
    this.#x = blocksOf(x);
    this.#y = blocksOf(y);
    this.#extents = { x: extentOf(this.#x), y: extentOf(this.#y) };
  }

  /** Returns the extents of both coordinates. */
  extents(): Extents {
    return this.#extents;
  }

  /** Returns the points in a view, or their numbers in the cells of a grid. Do not change them. */
  async viewOf(x: AxisView, y: AxisView, limit: number, doc: Document): Promise<PointsView> {
    const key = JSON.stringify([x, y, limit]);
    for (let shared = this.#views.get(key); shared !== undefined; shared = this.#views.get(key)) {
      const found = await shared;
      if (found !== undefined) return found;
    }
    const counted = runSharedTask(doc, countPoints, { points: { x: this.#x, y: this.#y }, x, y, limit });
    this.#keep(key, counted);
    return await counted;
  }

  #keep(key: string, counted: Promise<PointsView>): void {
    this.#views.set(key, counted.catch(() => void this.#views.delete(key)));
    const [oldest] = this.#views.keys();
    if (this.#views.size > MOST_VIEWS) this.#views.delete(oldest!);
  }
}

/** Returns numbers in shared memory, which are not a copy if they are there, and the extents of blocks. */
function blocksOf(source: Numbers): BlockedNumbers {
  const isShared = source instanceof Float64Array && source.buffer instanceof SharedArrayBuffer;
  const numbers = isShared ? source : sharedFloats(source.length);
  const extents = sharedFloats(2 * Math.ceil(source.length / BLOCK));
  for (let first = 0; first < numbers.length; first += BLOCK) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = first; i < Math.min(first + BLOCK, numbers.length); i++) {
      const number = source[i]!;
      if (!isShared) numbers[i] = number;
      if (number < low) low = number;
      if (number > high) high = number;
    }
    extents.set([low, high], 2 * first / BLOCK);
  }
  return { numbers, extents };
}

function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}

/** Returns the extent of all blocks. */
function extentOf({ extents }: BlockedNumbers): Extent {
  let [start, end] = [Infinity, -Infinity];
  for (let i = 0; i < extents.length; i += 2) {
    start = Math.min(start, extents[i]!);
    end = Math.max(end, extents[i + 1]!);
  }
  return start > end ? { start: NaN, end: NaN } : { start, end };
}
