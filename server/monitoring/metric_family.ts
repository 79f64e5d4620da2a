/**
 * What numbers of a server are, before anybody writes them down.
 *
 * @module
 */

/** One number with its labels; `suffix` is what stands behind the family's name. */
export interface Sample {
  readonly suffix: "" | "_total" | "_bucket" | "_count" | "_sum";
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Numbers of one meaning. */
export interface MetricFamily {
  readonly name: string;
  readonly type: "gauge" | "counter" | "histogram";
  readonly help: string;
  readonly samples: readonly Sample[];
}
