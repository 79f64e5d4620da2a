/**
 * Functions that create transformed values for glyph properties. The browser computes the values
 * from columns of the data source. The counterpart of Python's `bokeh.transform`.
 *
 * @example Color bars by category
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { factor_cmap } from "@bokeh/server/transform";
 *
 * const fruits = ["apples", "pears", "plums"];
 * figure({ x_range: fruits }).vbar({
 *   x: "fruits",
 *   top: "counts",
 *   width: 0.8,
 *   fill_color: factor_cmap("fruits", ["red", "green", "purple"], fruits),
 *   source: { fruits, counts: [5, 3, 4] },
 * });
 * ```
 *
 * @module
 */

import {
  CategoricalColorMapper,
  CategoricalMarkerMapper,
  CategoricalPatternMapper,
  type CategoricalPatternMapperProps,
  CumSum,
  Dodge,
  EqHistColorMapper,
  Jitter,
  LinearColorMapper,
  LogColorMapper,
  type Range,
  Stack,
  type Transform,
} from "../models/gen/classes.ts";
import type { MarkerType } from "../models/gen/enums.ts";
import type { Color, ExpressionValue, TransformedField } from "../models/values/spec_types.ts";
import { copyFactors, type Factor } from "./ranges.ts";
import { type PaletteLike, toPalette } from "./palettes/palette_by_name.ts";

export type { PaletteLike } from "./palettes/palette_by_name.ts";
export type { Factor } from "./ranges.ts";
export type { ExpressionValue, TransformedField } from "../models/values/spec_types.ts";

/** A hatch pattern: its name, or its one-character abbreviation. */
export type HatchPattern = CategoricalPatternMapperProps["patterns"][number];

/** Options of {@linkcode dodge}. */
export interface DodgeOptions {
  /**
   * Range of the axis. Required if the column holds categories, to convert them to coordinates.
   *
   * @default {null}
   */
  range?: Range | null;
}

/** Options of {@linkcode jitter}. */
export interface JitterOptions extends DodgeOptions {
  /**
   * Mean of the random offsets.
   *
   * @default {0}
   */
  mean?: number;
  /**
   * Distribution of the random offsets.
   *
   * @default {"uniform"}
   */
  distribution?: "uniform" | "normal";
}

/** Options of {@linkcode factor_hatch} and {@linkcode factor_mark}. */
export interface FactorOptions {
  /**
   * Index of the first level of the categories to compare with the factors.
   *
   * @default {0}
   */
  start?: number;
  /**
   * Index after the last level of the categories to compare with the factors; null for all levels.
   *
   * @default {null}
   */
  end?: number | null;
}

/** Options of {@linkcode factor_cmap}. */
export interface FactorColorOptions extends FactorOptions {
  /**
   * Color of values that are not among the factors.
   *
   * @default {"gray"}
   */
  nan_color?: Color;
}

/** Options of {@linkcode linear_cmap}, {@linkcode log_cmap} and {@linkcode eqhist_cmap}. */
export interface ColorMapOptions {
  /**
   * Color of values below `low`; null for the first color of the palette.
   *
   * @default {null}
   */
  low_color?: Color | null;
  /**
   * Color of values above `high`; null for the last color of the palette.
   *
   * @default {null}
   */
  high_color?: Color | null;
  /**
   * Color of NaN.
   *
   * @default {"gray"}
   */
  nan_color?: Color;
}

/** Options of {@linkcode cumsum}. */
export interface CumSumOptions {
  /**
   * Whether the sums start with 0 and omit the last value, as needed for the start angles of a pie
   * chart.
   *
   * @default {false}
   */
  include_zero?: boolean;
}

/**
 * Creates an expression for the cumulative sum of a column.
 *
 * @param field_name Name of the column.
 * @param options Whether to start with 0.
 *
 * @example A pie chart
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { cumsum } from "@bokeh/server/transform";
 *
 * figure().wedge({
 *   x: 0,
 *   y: 0,
 *   radius: 0.8,
 *   start_angle: cumsum("angle", { include_zero: true }),
 *   end_angle: cumsum("angle"),
 *   source: { angle: [Math.PI, Math.PI / 2, Math.PI / 2] },
 * });
 * ```
 */
export function cumsum(field_name: string, options: CumSumOptions = {}): ExpressionValue<CumSum> {
  return { expr: new CumSum({ field: field_name, include_zero: options.include_zero ?? false }) };
}

/**
 * Creates an expression for the sum of several columns, row by row.
 *
 * @param fields Names of the columns.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { stack } from "@bokeh/server/transform";
 *
 * const source = { x: [1, 2], apples: [3, 1], pears: [2, 2] };
 * figure().vbar({ x: "x", width: 0.8, bottom: stack("apples"), top: stack("apples", "pears"), source });
 * ```
 */
export function stack(...fields: string[]): ExpressionValue<Stack> {
  return { expr: new Stack({ fields }) };
}

/**
 * Applies a transform to a column.
 *
 * @param field_name Name of the column.
 * @param transform The transform.
 *
 * @example
 * ```ts
 * import { CustomJSTransform } from "@bokeh/server/models";
 * import { figure } from "@bokeh/server/plotting";
 * import { transform } from "@bokeh/server/transform";
 *
 * const negated = new CustomJSTransform({ v_func: "return xs.map((x) => -x)" });
 * figure().line({ x: "x", y: transform("y", negated), source: { x: [1, 2], y: [3, 4] } });
 * ```
 */
export function transform<T extends Transform, const F extends string>(
  field_name: F,
  transform: T,
): TransformedField<T, F> {
  return { field: field_name, transform };
}

/**
 * Shifts the values of a column by a constant offset, for example to draw grouped bars.
 *
 * @param field_name Name of the column.
 * @param value Offset in data units.
 * @param options The range, if the column holds categories.
 *
 * @example Bars of two years side by side
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { dodge } from "@bokeh/server/transform";
 *
 * const fruits = ["apples", "pears"];
 * const source = { fruits, last: [2, 1], now: [5, 3] };
 * const plot = figure({ x_range: fruits });
 * plot.vbar({ x: dodge("fruits", -0.2, { range: plot.x_range }), top: "last", width: 0.3, source });
 * plot.vbar({ x: dodge("fruits", 0.2, { range: plot.x_range }), top: "now", width: 0.3, source });
 * ```
 */
export function dodge<const F extends string>(
  field_name: F,
  value: number,
  options: DodgeOptions = {},
): TransformedField<Dodge, F> {
  return transform(field_name, new Dodge({ value, range: options.range ?? null }));
}

/**
 * Shifts the values of a column by random offsets, which the browser generates.
 *
 * @param field_name Name of the column.
 * @param width Width of the distribution in data units: the total width if it is uniform, the
 * standard deviation if it is normal.
 * @param options Mean and distribution of the offsets, and the range if the column holds
 * categories.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { jitter } from "@bokeh/server/transform";
 *
 * const days = ["Mon", "Tue"];
 * const plot = figure({ y_range: days });
 * const source = { time: [1, 2, 3], day: ["Mon", "Mon", "Tue"] };
 * plot.scatter({ x: "time", y: jitter("day", 0.6, { range: plot.y_range }), source });
 * ```
 */
export function jitter<const F extends string>(
  field_name: F,
  width: number,
  options: JitterOptions = {},
): TransformedField<Jitter, F> {
  const { mean = 0, distribution = "uniform", range = null } = options;
  return transform(field_name, new Jitter({ mean, width, distribution, range }));
}

/**
 * Maps the categories of a column to colors.
 *
 * @param field_name Name of the column.
 * @param palette Colors, or the name of a palette such as `"Category10_3"`. Factors beyond the
 * number of colors get `nan_color`.
 * @param factors The categories, in the order of the colors.
 * @param options Levels of the categories to compare, and the color of other values.
 * @throws {RangeError} If a palette of that name does not exist.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { factor_cmap } from "@bokeh/server/transform";
 *
 * const source = { x: [1, 2, 3], y: [3, 1, 2], kind: ["a", "b", "a"] };
 * figure().scatter({ x: "x", y: "y", color: factor_cmap("kind", "Category10_3", ["a", "b"]), source });
 * ```
 */
export function factor_cmap<const F extends string>(
  field_name: F,
  palette: PaletteLike,
  factors: readonly Factor[],
  options: FactorColorOptions = {},
): TransformedField<CategoricalColorMapper, F> {
  const { start = 0, end = null, nan_color = "gray" } = options;
  const mapper = new CategoricalColorMapper({
    palette: toPalette(palette),
    factors: copyFactors(factors),
    start,
    end,
    nan_color,
  });
  return transform(field_name, mapper);
}

/**
 * Maps the categories of a column to hatch patterns.
 *
 * @param field_name Name of the column.
 * @param patterns Hatch patterns, by name (`"dot"`) or abbreviation (`"."`).
 * @param factors The categories, in the order of the patterns.
 * @param options Levels of the categories to compare.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { factor_hatch } from "@bokeh/server/transform";
 *
 * const fruits = ["apples", "pears"];
 * figure({ x_range: fruits }).vbar({
 *   x: "fruits",
 *   top: "counts",
 *   width: 0.8,
 *   hatch_pattern: factor_hatch("fruits", ["dot", "cross"], fruits),
 *   source: { fruits, counts: [5, 3] },
 * });
 * ```
 */
export function factor_hatch<const F extends string>(
  field_name: F,
  patterns: readonly HatchPattern[],
  factors: readonly Factor[],
  options: FactorOptions = {},
): TransformedField<CategoricalPatternMapper, F> {
  const { start = 0, end = null } = options;
  return transform(
    field_name,
    new CategoricalPatternMapper({ patterns: [...patterns], factors: copyFactors(factors), start, end }),
  );
}

/**
 * Maps the categories of a column to markers, for the option `marker` of `scatter`.
 *
 * @param field_name Name of the column.
 * @param markers Marker types.
 * @param factors The categories, in the order of the markers.
 * @param options Levels of the categories to compare.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { factor_mark } from "@bokeh/server/transform";
 *
 * const source = { x: [1, 2, 3], y: [3, 1, 2], kind: ["a", "b", "a"] };
 * figure().scatter({ x: "x", y: "y", marker: factor_mark("kind", ["hex", "star"], ["a", "b"]), source });
 * ```
 */
export function factor_mark<const F extends string>(
  field_name: F,
  markers: readonly MarkerType[],
  factors: readonly Factor[],
  options: FactorOptions = {},
): TransformedField<CategoricalMarkerMapper, F> {
  const { start = 0, end = null } = options;
  return transform(
    field_name,
    new CategoricalMarkerMapper({ markers: [...markers], factors: copyFactors(factors), start, end }),
  );
}

/**
 * Maps the numbers of a column to colors, linearly from `low` to `high`.
 *
 * @param field_name Name of the column.
 * @param palette Colors, or the name of a palette such as `"Viridis256"`.
 * @param low Number that is mapped to the first color.
 * @param high Number that is mapped to the last color.
 * @param options Colors of numbers outside the range and of NaN.
 * @throws {RangeError} If a palette of that name does not exist.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { linear_cmap } from "@bokeh/server/transform";
 *
 * const source = { x: [1, 2, 3], y: [3, 1, 2] };
 * figure().scatter({ x: "x", y: "y", size: 12, color: linear_cmap("y", "Viridis256", 1, 3), source });
 * ```
 */
export function linear_cmap<const F extends string>(
  field_name: F,
  palette: PaletteLike,
  low: number,
  high: number,
  options: ColorMapOptions = {},
): TransformedField<LinearColorMapper, F> {
  return transform(field_name, new LinearColorMapper(mapperProps(palette, low, high, options)));
}

/**
 * Maps the numbers of a column to colors, linearly in their logarithms.
 *
 * @param field_name Name of the column.
 * @param palette Colors, or the name of a palette such as `"Viridis256"`.
 * @param low Number that is mapped to the first color, greater than 0.
 * @param high Number that is mapped to the last color.
 * @param options Colors of numbers outside the range and of NaN.
 * @throws {RangeError} If a palette of that name does not exist.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { log_cmap } from "@bokeh/server/transform";
 *
 * const source = { x: [1, 2, 3], y: [1, 10, 100] };
 * figure().scatter({ x: "x", y: "y", size: 12, color: log_cmap("y", "Viridis256", 1, 100), source });
 * ```
 */
export function log_cmap<const F extends string>(
  field_name: F,
  palette: PaletteLike,
  low: number,
  high: number,
  options: ColorMapOptions = {},
): TransformedField<LogColorMapper, F> {
  return transform(field_name, new LogColorMapper(mapperProps(palette, low, high, options)));
}

/**
 * Maps the numbers of a column to colors by histogram equalization: each color is used for about as
 * many numbers as the others.
 *
 * @param field_name Name of the column.
 * @param palette Colors, or the name of a palette such as `"Viridis256"`.
 * @param low Smallest number of the range.
 * @param high Largest number of the range.
 * @param options Colors of numbers outside the range and of NaN.
 * @throws {RangeError} If a palette of that name does not exist.
 *
 * @example
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 * import { eqhist_cmap } from "@bokeh/server/transform";
 *
 * const source = { x: [1, 2, 3, 4], y: [1, 1.1, 1.2, 100] };
 * figure().scatter({ x: "x", y: "y", size: 12, color: eqhist_cmap("y", "Viridis256", 1, 100), source });
 * ```
 */
export function eqhist_cmap<const F extends string>(
  field_name: F,
  palette: PaletteLike,
  low: number,
  high: number,
  options: ColorMapOptions = {},
): TransformedField<EqHistColorMapper, F> {
  return transform(field_name, new EqHistColorMapper(mapperProps(palette, low, high, options)));
}

function mapperProps(palette: PaletteLike, low: number, high: number, options: ColorMapOptions) {
  const { low_color = null, high_color = null, nan_color = "gray" } = options;
  return { palette: toPalette(palette), low, high, nan_color, low_color, high_color };
}
