/**
 * Histograms, quantiles, descriptions and equally spaced numbers, for authors who know `histogram`, `linspace` and `arange`
 * of numpy, and `qcut` and `describe` of pandas. Other statistics are in libraries such as `d3-array` and `arquero`, and in
 * databases.
 *
 * @example A histogram
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { histogram } from "@bokeh/server/statistics";
 *
 * const { counts, edges } = histogram([1, 2, 2, 3, 5], 4);
 * const plot = figure({ title: "Values" });
 * plot.quad({ left: edges.slice(0, -1), right: edges.slice(1), bottom: 0, top: counts });
 * ```
 *
 * @module
 */

export { arange, linspace } from "./sequences.ts";

/** Counts of values in bins. */
export interface Histogram {
  /** Number of values in each bin. */
  readonly counts: Float64Array;
  /** Bounds of the bins, one more than there are bins. */
  readonly edges: Float64Array;
}

/**
 * Counts values in bins, as `numpy.histogram` does. A bin contains its lower edge, and only the last one its upper edge.
 * Values outside of the bins and NaN are not counted.
 *
 * @param bins The number of bins of equal width from the lowest to the highest value, or the increasing edges of the bins
 * @throws {RangeError} if the number of bins is not a positive integer, or if the edges do not increase
 */
export function histogram(values: ArrayLike<number>, bins: number | ArrayLike<number> = 10): Histogram {
  const edges = typeof bins === "number" ? equalEdges(values, bins) : Float64Array.from(bins);
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]!))) {
    throw new RangeError("Cannot count values: the edges of bins must increase, and there must be at least two");
  }
  const counts = new Float64Array(edges.length - 1);
  const [start, end] = [edges[0]!, edges.at(-1)!];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= start && value <= end)) continue;
    counts[value === end ? counts.length - 1 : upperIndex(edges, value) - 1]! += 1;
  }
  return { counts, edges };
}

/**
 * Assigns values to groups of about equal size, as `pandas.qcut(values, count, duplicates="drop").codes` does. Equal values
 * are in the same group, so groups can differ in size, and there can be fewer.
 *
 * @returns the index of each value's group, from 0 for the lowest values; -1 for NaN
 * @throws {RangeError} if `count` is not a positive integer
 */
export function quantile_cut(values: ArrayLike<number>, count: number): Int32Array {
  requirePositiveInteger(count);
  const sorted = sortedNumbers(values);
  if (sorted.length === 0) return new Int32Array(values.length).fill(-1);
  const inner = Array.from({ length: count - 1 }, (_, i) => quantileOfSorted(sorted, (i + 1) / count));
  const edges = Float64Array.from(new Set(inner)).filter((edge) => edge > sorted[0]! && edge < sorted.at(-1)!);
  return Int32Array.from(values, (value) => Number.isNaN(value) ? -1 : lowerIndex(edges, value));
}

/** Statistics of values. */
export interface Description {
  /** Number of values that are not NaN. */
  readonly count: number;
  /** Arithmetic mean. */
  readonly mean: number;
  /** Standard deviation of a sample: the sum of squares is divided by `count - 1`. */
  readonly std: number;
  /** Lowest value. */
  readonly min: number;
  /** First quartile. Quartiles are interpolated linearly. */
  readonly "25%": number;
  /** Median. */
  readonly "50%": number;
  /** Third quartile. */
  readonly "75%": number;
  /** Highest value. */
  readonly max: number;
}

/** Returns the statistics of values that pandas' `describe` returns. Those of no values are NaN. */
export function describe(values: ArrayLike<number>): Description {
  const sorted = sortedNumbers(values);
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const std = count < 2 ? NaN : Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  const [min, q1, q2, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((share) => quantileOfSorted(sorted, share));
  return { count, mean, std, min: min!, "25%": q1!, "50%": q2!, "75%": q3!, max: max! };
}

/** Returns the edges of bins of equal width. A single value is in the middle of the bins. */
function equalEdges(values: ArrayLike<number>, count: number): Float64Array {
  requirePositiveInteger(count);
  let [start, end] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    start = Math.min(start, values[i]!);
    end = Math.max(end, values[i]!);
  }
  if (!Number.isFinite(start) || !Number.isFinite(end)) {
    if (values.length > 0) throw new RangeError("Cannot find the edges of bins: values must be finite. Pass edges");
    [start, end] = [0, 1];
  }
  if (start === end) [start, end] = [start - 0.5, end + 0.5];
  const width = (end - start) / count;
  return Float64Array.from({ length: count + 1 }, (_, i) => i === count ? end : start + i * width);
}

/** Returns the values that are not NaN in increasing order. */
function sortedNumbers(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort();
}

/** Returns a quantile of sorted numbers, with linear interpolation. */
function quantileOfSorted(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const position = share * (sorted.length - 1);
  const index = Math.floor(position);
  const [low, high] = [sorted[index]!, sorted[Math.min(index + 1, sorted.length - 1)]!];
  return low + (high - low) * (position - index);
}

/** Returns the number of sorted items that are less than or equal to a value. */
function upperIndex(sorted: Float64Array, value: number): number {
  return partitionIndex(sorted, (item) => item <= value);
}

/** Returns the number of sorted items that are less than a value. */
function lowerIndex(sorted: Float64Array, value: number): number {
  return partitionIndex(sorted, (item) => item < value);
}

/** Returns the index of the first item for which a test fails, in items of which it holds for the first ones. */
function partitionIndex(items: Float64Array, test: (item: number) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function requirePositiveInteger(count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot divide values into ${count} groups: the number must be a positive integer`);
  }
}
