/**
 * Figures and the methods that draw on them. The counterpart of Python's `bokeh.plotting`.
 *
 * @example A line and markers in one figure
 * ```ts
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure({ title: "Squares", width: 400, height: 300 });
 * plot.line({ x: [0, 1, 2, 3], y: [0, 1, 4, 9], line_width: 2 });
 * plot.scatter({ x: [0, 1, 2, 3], y: [0, 1, 4, 9], size: 8 });
 * ```
 *
 * @module
 */

export { figure, type RangedFigure, type RangeOf } from "./figure.ts";
export { Figure, SubPlot } from "./figure_model.ts";
export type { FigureOptions, FigureSetup } from "./figure_options.ts";
export { GMap, gmap, type GMapFigureOptions } from "./gmap.ts";
export type { GlyphMethods } from "./gen/glyph_methods.ts";
export type { GlyphTarget } from "./glyph_api.ts";
export type {
  ColumnOptions,
  GlyphAttribute,
  GlyphOptions,
  GlyphTraits,
  GlyphValue,
  GlyphVariants,
  GlyphVisuals,
  RendererOptions,
  Trait,
} from "./glyph_options.ts";
export type { AxisLocation } from "./axes.ts";
export { contour_data, type ContourDataOptions, type ContourInput } from "./contour_data.ts";
export type { ContourOptions, FeatureOptions, LevelColors } from "./contour.ts";
export type { GridValues } from "./contour_grid.ts";
export type { GraphAttribute, GraphOptions, Prefixed, SourceLike } from "./graph.ts";
export {
  axial_to_cartesian,
  cartesian_to_axial,
  hexbin,
  type HexbinOptions,
  type HexbinResult,
  type HexBins,
  type HexOrientation,
  type HexTiling,
} from "./hexbin.ts";
export { gridplot } from "./layouts/gridplot.ts";
export type { LegendOptions } from "./legends.ts";
export { type ActiveTool, DEFAULT_TOOLS, type Tooltips } from "./tools.ts";
export type { AxisType, Factor, RangeEnd, RangeLike } from "./ranges.ts";
export type { DataSourceOf, GlyphSource } from "./glyph_source.ts";
export type { PerLevel, StackOptions } from "./stack.ts";
