/**
 * Short ways to write values of glyphs that the browser computes from columns: `bokeh.transform`.
 *
 * @example
 * ```ts
 * import { factor_cmap } from "@bokeh/server/transform";
 *
 * const fruits = ["Apples", "Pears", "Plums"];
 * const color = factor_cmap("fruits", ["red", "green", "blue"], fruits);
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
  type Expression,
  Jitter,
  LinearColorMapper,
  LogColorMapper,
  type Range,
  Stack,
  type Transform,
} from "../models/gen/classes.ts";
import type { MarkerType } from "../models/gen/enums.ts";
import type { Color } from "../models/values/spec_types.ts";
import { copyFactors, type Factor } from "./ranges.ts";
import { type PaletteLike, toPalette } from "./palettes/palette_by_name.ts";

export type { PaletteLike } from "./palettes/palette_by_name.ts";
export type { Factor } from "./ranges.ts";

/** A hatch pattern by name or by its sign. */
export type HatchPattern = CategoricalPatternMapperProps["patterns"][number];

/** A value of a glyph taken from a column through a transform. */
export interface TransformedField<T extends Transform = Transform> {
  /** Name of the column. */
  field: string;
  /** What is done to its values in the browser. */
  transform: T;
}

/** A value of a glyph computed from the whole of its source. */
export interface ExpressionValue<E extends Expression = Expression> {
  /** What computes it in the browser. */
  expr: E;
}

/** Options of {@linkcode dodge}. */
export interface DodgeOptions {
  /**
   * The range to compute coordinates with, needed where the column holds categories.
   * @default {null}
   */
  range?: Range | null;
}

/** Options of {@linkcode jitter}. */
export interface JitterOptions extends DodgeOptions {
  /**
   * An offset to add.
   * @default {0}
   */
  mean?: number;
  /**
   * How the random offsets are spread.
   * @default {"uniform"}
   */
  distribution?: "uniform" | "normal";
}

/** Options of {@linkcode factor_hatch} and {@linkcode factor_mark}. */
export interface FactorOptions {
  /**
   * The first level of the categories to look at.
   * @default {0}
   */
  start?: number;
  /**
   * The level of the categories to stop before.
   * @default {null}
   */
  end?: number | null;
}

/** Options of {@linkcode factor_cmap}. */
export interface FactorColorOptions extends FactorOptions {
  /**
   * The color of what is none of the factors.
   * @default {"gray"}
   */
  nan_color?: Color;
}

/** Options of {@linkcode linear_cmap}, {@linkcode log_cmap} and {@linkcode eqhist_cmap}. */
export interface ColorMapOptions {
  /**
   * The color of values below the range: the first of the palette when null.
   * @default {null}
   */
  low_color?: Color | null;
  /**
   * The color of values above the range: the last of the palette when null.
   * @default {null}
   */
  high_color?: Color | null;
  /**
   * The color of what is not a number.
   * @default {"gray"}
   */
  nan_color?: Color;
}

/** Options of {@linkcode cumsum}. */
export interface CumSumOptions {
  /**
   * Whether the sums start with a zero and leave the last value out.
   * @default {false}
   */
  include_zero?: boolean;
}

/** Sums a column up, value by value. */
export function cumsum(field_name: string, options: CumSumOptions = {}): ExpressionValue<CumSum> {
  return { expr: new CumSum({ field: field_name, include_zero: options.include_zero ?? false }) };
}

/** Adds columns up, row by row. */
export function stack(...fields: string[]): ExpressionValue<Stack> {
  return { expr: new Stack({ fields }) };
}

/** Applies any transform to a column. */
export function transform<T extends Transform>(field_name: string, transform: T): TransformedField<T> {
  return { field: field_name, transform };
}

/** Moves the values of a column by a fixed offset. */
export function dodge(field_name: string, value: number, options: DodgeOptions = {}): TransformedField<Dodge> {
  return transform(field_name, new Dodge({ value, range: options.range ?? null }));
}

/** Moves the values of a column by random offsets, drawn in the browser. */
export function jitter(field_name: string, width: number, options: JitterOptions = {}): TransformedField<Jitter> {
  const { mean = 0, distribution = "uniform", range = null } = options;
  return transform(field_name, new Jitter({ mean, width, distribution, range }));
}

/** Colors the categories of a column. */
export function factor_cmap(
  field_name: string,
  palette: PaletteLike,
  factors: readonly Factor[],
  options: FactorColorOptions = {},
): TransformedField<CategoricalColorMapper> {
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

/** Gives the categories of a column hatch patterns. */
export function factor_hatch(
  field_name: string,
  patterns: readonly HatchPattern[],
  factors: readonly Factor[],
  options: FactorOptions = {},
): TransformedField<CategoricalPatternMapper> {
  const { start = 0, end = null } = options;
  return transform(
    field_name,
    new CategoricalPatternMapper({ patterns: [...patterns], factors: copyFactors(factors), start, end }),
  );
}

/** Gives the categories of a column markers, for `scatter`. */
export function factor_mark(
  field_name: string,
  markers: readonly MarkerType[],
  factors: readonly Factor[],
  options: FactorOptions = {},
): TransformedField<CategoricalMarkerMapper> {
  const { start = 0, end = null } = options;
  return transform(
    field_name,
    new CategoricalMarkerMapper({ markers: [...markers], factors: copyFactors(factors), start, end }),
  );
}

/** Colors the numbers of a column: evenly from `low` to `high`. */
export function linear_cmap(
  field_name: string,
  palette: PaletteLike,
  low: number,
  high: number,
  options: ColorMapOptions = {},
): TransformedField<LinearColorMapper> {
  return transform(field_name, new LinearColorMapper(mapperProps(palette, low, high, options)));
}

/** Colors the numbers of a column: evenly by their logarithms. */
export function log_cmap(
  field_name: string,
  palette: PaletteLike,
  low: number,
  high: number,
  options: ColorMapOptions = {},
): TransformedField<LogColorMapper> {
  return transform(field_name, new LogColorMapper(mapperProps(palette, low, high, options)));
}

/** Colors the numbers of a column: so that each color is used about as often. */
export function eqhist_cmap(
  field_name: string,
  palette: PaletteLike,
  low: number,
  high: number,
  options: ColorMapOptions = {},
): TransformedField<EqHistColorMapper> {
  return transform(field_name, new EqHistColorMapper(mapperProps(palette, low, high, options)));
}

function mapperProps(palette: PaletteLike, low: number, high: number, options: ColorMapOptions) {
  const { low_color = null, high_color = null, nan_color = "gray" } = options;
  return { palette: toPalette(palette), low, high, nan_color, low_color, high_color };
}
