import type { DataRange1d, FactorRange, Range, Range1d } from "../models/gen/classes.ts";
import type { Figure } from "./figure_model.ts";
import type { Factor, RangeEnd, RangeLike } from "./ranges.ts";

/** The kind of range that something stands for: two ends a `Range1d`, categories a `FactorRange`, nothing a `DataRange1d`. */
export type RangeOf<L extends RangeLike | undefined> = L extends Range ? L
  : L extends readonly [RangeEnd, RangeEnd] ? Range1d
  : L extends readonly Factor[] ? FactorRange
  : DataRange1d;

/** A figure of whose ranges it is known what they are: `plot.x_range.start` needs no cast. Others may take their places. */
export type RangedFigure<X extends Range, Y extends Range> = Figure & {
  get x_range(): X;
  set x_range(range: Range);
  get y_range(): Y;
  set y_range(range: Range);
};
