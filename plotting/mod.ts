/**
 * Figures and what is drawn on them: `bokeh.plotting`.
 *
 * @module
 */

export { figure } from "./figure.ts";
export { Figure } from "./figure_model.ts";
export type { FigureOptions, FigureSetup } from "./figure_options.ts";
export { GMap, gmap, type GMapFigureOptions } from "./gmap.ts";
export type { GlyphMethods } from "./gen/glyph_methods.ts";
export type { GlyphTarget } from "./glyph_api.ts";
export type { GlyphOptions, PerLevel, RendererOptions, StackOptions } from "./glyph_options.ts";
export type { GlyphAttribute, GlyphTraits, GlyphValue, GlyphVariants, GlyphVisuals, Trait } from "./glyph_values.ts";
export type { AxisLocation } from "./axes.ts";
export { contour_data, type ContourDataOptions, type ContourInput } from "./contour_data.ts";
export type { ContourOptions, FeatureOptions, LevelColors } from "./contour.ts";
export type { GridValues } from "./contour_grid.ts";
export type { HexbinOptions, HexbinResult } from "./draw_hexbin.ts";
export type { GraphAttribute, GraphOptions, Prefixed, SourceLike } from "./graph.ts";
export {
  axial_to_cartesian,
  cartesian_to_axial,
  hexbin,
  type HexBins,
  type HexOrientation,
  type HexTiling,
} from "./hexbin.ts";
export { gridplot } from "./layouts/gridplot.ts";
export type { LegendOptions } from "./legends.ts";
export type { RangedFigure, RangeOf } from "./ranged_figure.ts";
export { DEFAULT_TOOLS } from "./tools.ts";
export type { ActiveTool, Tooltips } from "./tools.ts";
export type { AxisType, Factor, RangeEnd, RangeLike } from "./ranges.ts";
export { SubPlot } from "./subplot.ts";
export type { DataSourceOf, GlyphSource, TypedGlyphRenderer } from "./typed_glyph_renderer.ts";
