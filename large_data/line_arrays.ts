import { MinMaxIndex } from "./min_max_index.ts";
import { type AxisView, type Extents, type LineData, pixelEdges, type Points } from "./view.ts";

/** Numbers by index, such as a typed array or a column of Arrow. */
export type Numbers = ArrayLike<number>;

/** Options of {@linkcode LineArrays}. */
export interface LineArraysOptions {
  /**
   * Maximum number of points; null for no maximum. The oldest are dropped.
   *
   * @default {null}
   */
  readonly rollover?: number | null;
}

/** Maximum number of points for each pixel: the first, the lowest, the highest and the last. */
const PER_PIXEL = 4;

/**
 * Data of a line in memory.
 *
 * A view has the first, lowest, highest and last point of each column of pixels. The line through
 * them covers the same pixels as the line through all points: "M4: A
 * Visualization-Oriented Time Series Data Aggregation", VLDB 2014. An index of blocks finds the
 * lowest and highest points, so that a view of ten million points takes about a millisecond.
 *
 * NaN among the y-coordinates interrupts the line, where the interruption is as wide as a pixel.
 */
export class LineArrays implements LineData {
  #x: Float64Array;
  #y: Float64Array;
  #start = 0;
  #end: number;
  #index: MinMaxIndex;
  readonly #rollover: number | null;

  /**
   * Uses arrays as a line. `Float64Array`s are not copied: do not change them later.
   *
   * @param x The x-coordinates, which must ascend.
   * @param y The y-coordinates, as many.
   * @throws {RangeError} If the arrays have different lengths, or the x-coordinates do not ascend.
   */
  constructor(x: Numbers, y: Numbers, { rollover = null }: LineArraysOptions = {}) {
    this.#x = toFloats(x);
    this.#y = toFloats(y);
    this.#end = x.length;
    this.#rollover = rollover;
    checkPoints(x, y, -Infinity);
    this.#index = new MinMaxIndex(this.#y, this.#end);
    this.#drop();
  }

  /** Number of points. */
  get length(): number {
    return this.#end - this.#start;
  }

  /**
   * Appends points, and drops the oldest ones if there are more than `rollover`.
   *
   * @throws {RangeError} If the arrays have different lengths, or the x-coordinates do not ascend.
   */
  append(x: Numbers, y: Numbers): void {
    checkPoints(x, y, this.#end === 0 ? -Infinity : this.#x[this.#end - 1]!);
    if (this.#end + x.length > this.#x.length) this.#grow(x.length);
    this.#x.set(x, this.#end);
    this.#y.set(y, this.#end);
    this.#end += x.length;
    this.#index.extend(this.#end);
    this.#drop();
  }

  /** Returns the extents of both coordinates. */
  extents(): Extents {
    if (this.length === 0) return { x: { start: NaN, end: NaN }, y: { start: NaN, end: NaN } };
    const { low, high } = this.#index.find(this.#start, this.#end);
    const y = { start: this.#y[low] ?? NaN, end: this.#y[high] ?? NaN };
    return { x: { start: this.#x[this.#start]!, end: this.#x[this.#end - 1]! }, y };
  }

  /** Returns the points that draw the part of the line in a view. */
  pointsIn(view: AxisView): Points {
    const first = Math.max(this.#start, this.#firstFrom(view.start) - 1);
    const last = Math.min(this.#end, this.#firstFrom(view.end) + 1);
    if (last - first <= PER_PIXEL * view.pixels) {
      return { x: this.#x.slice(first, last), y: this.#y.slice(first, last) };
    }
    const chosen = [first];
    const edges = pixelEdges(view);
    let from = first + 1;
    for (let pixel = 1; pixel < edges.length; pixel++) {
      const to = pixel === edges.length - 1 ? last - 1 : this.#firstFrom(edges[pixel]!, from, last - 1);
      if (to > from) this.#choose(from, to, chosen);
      from = to;
    }
    chosen.push(last - 1);
    return { x: Float64Array.from(chosen, (i) => this.#x[i]!), y: Float64Array.from(chosen, (i) => this.#y[i]!) };
  }

  /** Adds the indices of the first, lowest, highest and last of some points in their order. */
  #choose(from: number, to: number, chosen: number[]): void {
    const { low, high } = this.#index.find(from, to);
    const inner = low < high ? [low, high] : [high, low];
    for (const i of [from, ...inner, to - 1]) if (i > chosen.at(-1)! && i < to) chosen.push(i);
  }

  /** Returns the index of the first point whose x-coordinate is at least `x`. */
  #firstFrom(x: number, low = this.#start, high = this.#end): number {
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#x[middle]! < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Reserves memory for more points: moves the kept ones to the start of arrays of twice the size. */
  #grow(count: number): void {
    const kept = this.length;
    const size = 2 * (kept + count);
    const [x, y] = [new Float64Array(size), new Float64Array(size)];
    x.set(this.#x.subarray(this.#start, this.#end));
    y.set(this.#y.subarray(this.#start, this.#end));
    [this.#x, this.#y, this.#start, this.#end] = [x, y, 0, kept];
    this.#index = new MinMaxIndex(y, kept);
  }

  #drop(): void {
    if (this.#rollover !== null) this.#start = Math.max(this.#start, this.#end - this.#rollover);
  }
}

/** Returns numbers as an array of 64-bit floats, which is not a copy if they are one. */
function toFloats(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}

function checkPoints(x: Numbers, y: Numbers, previous: number): void {
  if (x.length !== y.length) {
    throw new RangeError(`Cannot draw a line of ${x.length} x-coordinates and ${y.length} y-coordinates`);
  }
  for (let i = 0; i < x.length; i++) {
    if (!(x[i]! >= previous)) {
      throw new RangeError(
        `Cannot draw a line whose x-coordinates do not ascend: ${x[i]} follows ${previous}, sort them`,
      );
    }
    previous = x[i]!;
  }
}
