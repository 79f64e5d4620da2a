/**
 * Metrics, independent of the format in which they are exported.
 *
 * @module
 */

/** A value of a metric, with its labels. */
export interface Sample {
  /** Suffix of the family's name. */
  readonly suffix: "" | "_total" | "_bucket" | "_count" | "_sum";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its samples. */
export interface MetricFamily {
  readonly name: string;
  readonly type: "gauge" | "counter" | "histogram";
  readonly help: string;
  readonly samples: readonly Sample[];
}
