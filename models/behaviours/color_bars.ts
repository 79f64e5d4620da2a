/**
 * The color bars that explain what is drawn.
 *
 * @module
 */

import type {
  ColorBar,
  ColorBarProps,
  ContourColorBar,
  ContourColorBarProps,
  ContourRenderer,
  GlyphRenderer,
} from "../gen/classes.ts";
import { makeModel } from "../make_model.ts";
import { Model } from "../model.ts";
import type { Attributes } from "../model_types.ts";

/** Methods of renderers of glyphs. */
export interface GlyphRendererMethods {
  /**
   * Makes a color bar for the color mapper of the glyph; adding it to the plot is up to the caller.
   *
   * @throws {TypeError} if no color mapper gives the glyph its colors.
   */
  construct_color_bar(attributes?: Attributes<ColorBarProps>): ColorBar;
}

/** The implementation, for the prototype of renderers of glyphs. */
export const glyphRendererMethods: GlyphRendererMethods & ThisType<GlyphRenderer> = {
  construct_color_bar(attributes = {}) {
    return makeModel<ColorBar>("ColorBar", { color_mapper: colorMapperOf(this.glyph), ...attributes });
  },
};

/** Methods of renderers of contours. */
export interface ContourRendererMethods {
  /** Makes a color bar with the lines and areas of the contours; adding it to the plot is up to the caller. */
  construct_color_bar(attributes?: Attributes<ContourColorBarProps>): ContourColorBar;
}

/** The implementation, for the prototype of renderers of contours. */
export const contourRendererMethods: ContourRendererMethods & ThisType<ContourRenderer> = {
  construct_color_bar(attributes = {}) {
    const { fill_renderer, line_renderer, levels } = this;
    const ticker = makeModel("FixedTicker", { ticks: [...levels] });
    return makeModel<ContourColorBar>("ContourColorBar", {
      fill_renderer,
      line_renderer,
      levels: [...levels],
      ticker,
      ...attributes,
    });
  },
};

/** The attributes that have their colors from a mapper, the most telling first. */
const COLORS = ["fill_color", "line_color", "text_color"];

function colorMapperOf(glyph: Model): Model {
  const attr = COLORS.find((color) => glyph.spec.property(color) !== undefined) ?? "color_mapper";
  if (glyph.spec.property(attr) === undefined) {
    throw new TypeError(`Cannot make a color bar: ${glyph.type} glyphs have no colors of a mapper`);
  }
  const value = glyph.get(attr);
  const mapper = value instanceof Model ? value : transformOf(value);
  if (!(mapper instanceof Model) || !mapper.isA("ColorMapper")) {
    throw new TypeError(`Cannot make a color bar: ${attr} of ${glyph.type} is no column with a color mapper`);
  }
  return mapper;
}

function transformOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "transform" in value ? value.transform : undefined;
}
