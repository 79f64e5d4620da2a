/** Median and quantiles. */

/** Median and 99th percentile. */
export interface Spread {
  /** Median. */
  p50: number;
  /** 99th percentile. */
  p99: number;
}

/**
 * Returns a quantile of sorted values, with linear interpolation.
 *
 * @param share 0 to 1.
 * @throws {RangeError} If there are no values.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError("Cannot take a quantile: there are no values");
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

/** Returns the median, which is the mean of the two middle values if their number is even. */
export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/** Returns the median and the 99th percentile, or undefined if there are no values. */
export function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
