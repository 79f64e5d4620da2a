/** What is said of a set of measured values. */

/** The middle of some values, and those that one in a hundred exceeds. */
export interface Spread {
  /** Half of the values are at most this. */
  p50: number;
  /** All but one in a hundred are at most this. */
  p99: number;
}

/** The value below which a share of the sorted values lies, between neighbors in proportion. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError("Cannot take a quantile: there are no values");
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/** The median and the 99th percentile of some values, or nothing where there are none. */
export function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = Float64Array.from(values).sort();
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
