/**
 * Histograms of durations.
 *
 * @module
 */

import type { Sample } from "./metric_family.ts";

/** Upper bounds of the buckets, in seconds. */
export const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Counts durations by buckets. */
export class Histogram {
  readonly #counts: number[] = BOUNDS.map(() => 0);
  #count = 0;
  #sum = 0;

  /** Counts a duration in seconds. */
  add(seconds: number): void {
    this.#count++;
    this.#sum += seconds;
    const index = BOUNDS.findIndex((bound) => seconds <= bound);
    if (index >= 0) this.#counts[index]!++;
  }

  /** Returns the samples of OpenMetrics: cumulative buckets, the count and the sum. */
  samples(): Sample[] {
    let below = 0;
    const buckets = BOUNDS.map((bound, index): Sample => {
      below += this.#counts[index]!;
      return { suffix: "_bucket", labels: { le: String(bound) }, value: below };
    });
    return [
      ...buckets,
      { suffix: "_bucket", labels: { le: "+Inf" }, value: this.#count },
      { suffix: "_count", labels: {}, value: this.#count },
      { suffix: "_sum", labels: {}, value: this.#sum },
    ];
  }
}
