/**
 * What renderers can do beyond drawing: color bars that explain them, decorations, other contours.
 *
 * @module
 */

import type {
  ColorBar,
  ContourColorBar,
  ContourRenderer,
  ContourRendererMethods,
  Decoration,
  GlyphRenderer,
  GlyphRendererMethods,
} from "../gen/class_types.ts";
import { peek } from "../base/attribute_values.ts";
import type { ColumnData } from "../columns/columns.ts";
import { makeModel } from "../spec/registry.ts";
import { Model } from "../base/model.ts";

/** The implementation, for the prototype of renderers of glyphs. */
export const glyphRendererMethods: GlyphRendererMethods & ThisType<GlyphRenderer> = {
  construct_color_bar(attributes = {}) {
    return makeModel<ColorBar>("ColorBar", { color_mapper: colorMapperOf(this.glyph), ...attributes });
  },
  add_decoration(marking, node) {
    const decoration = makeModel<Decoration>("Decoration", { marking, node });
    const glyphs = [this.glyph, this.selection_glyph, this.nonselection_glyph, this.hover_glyph, this.muted_glyph];
    for (const glyph of glyphs) {
      if (glyph instanceof Model) glyph.decorations = [...glyph.decorations, decoration];
    }
    return decoration;
  },
};

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
  set_data({ fill_data, line_data }) {
    replaceShapes(this.fill_renderer, fill_data, ["xs", "ys", "lower_levels", "upper_levels"]);
    replaceShapes(this.line_renderer, line_data, ["xs", "ys", "levels"]);
  },
};

/** Replaces the columns of shapes and keeps those of looks; without shapes none are kept. */
function replaceShapes(renderer: GlyphRenderer, data: ColumnData | null, names: readonly string[]): void {
  const old = peek(renderer.data_source, "data") as ColumnData;
  const looks = Object.entries(old).filter(([name]) => !names.includes(name));
  const none = Object.fromEntries(names.map((name) => [name, []]));
  renderer.data_source.set("data", data === null ? none : { ...data, ...Object.fromEntries(looks) });
}

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
