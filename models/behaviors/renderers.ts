/**
 * Methods of renderers: color bars, decorations, and new contour data.
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

/** Implementation for the prototype of `GlyphRenderer`. */
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

/** Implementation for the prototype of `ContourRenderer`. */
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

/**
 * Replaces the columns of shapes and keeps the columns of visual properties. Without shapes, no
 * columns are kept.
 */
function replaceShapes(renderer: GlyphRenderer, data: ColumnData | null, names: readonly string[]): void {
  const old = peek(renderer.data_source, "data") as ColumnData;
  const visuals = Object.entries(old).filter(([name]) => !names.includes(name));
  const none = Object.fromEntries(names.map((name) => [name, []]));
  renderer.data_source.set("data", data === null ? none : { ...data, ...Object.fromEntries(visuals) });
}

/** Attributes that can have a color mapper, in the order in which they are searched. */
const COLORS = ["fill_color", "line_color", "text_color"];

function colorMapperOf(glyph: Model): Model {
  const attr = COLORS.find((color) => glyph.spec.property(color) !== undefined) ?? "color_mapper";
  if (glyph.spec.property(attr) === undefined) {
    throw new TypeError(`Cannot make a color bar: ${glyph.type} glyphs cannot have a color mapper`);
  }
  const value = glyph.get(attr);
  const mapper = value instanceof Model ? value : transformOf(value);
  if (!(mapper instanceof Model) || !mapper.isA("ColorMapper")) {
    throw new TypeError(`Cannot make a color bar: ${attr} of ${glyph.type} does not have a color mapper`);
  }
  return mapper;
}

function transformOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "transform" in value ? value.transform : undefined;
}
