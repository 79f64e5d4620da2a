/**
 * Creates glyph renderers from the options of glyph methods.
 *
 * @module
 */

import { ColumnarDataSource, ColumnDataSource, type Glyph, GlyphRenderer, type Plot } from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";
import { classSpec, makeModel } from "../models/spec/registry.ts";
import { append } from "./append.ts";
import { takeLegendRequest, updateLegend } from "./legends.ts";
import { toPalette } from "./palettes/palette_by_name.ts";
import { moveColumns } from "./literal_columns.ts";
import { type GlyphAttributes, takeVisuals } from "./visuals.ts";

const RENDERER_ATTRIBUTES = [
  "name",
  "coordinates",
  "x_range_name",
  "y_range_name",
  "level",
  "view",
  "visible",
  "muted",
];

/**
 * Implements all glyph methods. Creates the glyph, its variants for the states selected,
 * not selected, hovered and muted, a data source for values that are arrays, and the legend item;
 * then adds the renderer to the plot.
 *
 * @param plot The plot.
 * @param type Name of the glyph class.
 * @param options Properties of the glyph, of its variants (`selection_color`, …), of the renderer
 * and of the legend.
 * @throws {TypeError} If an option does not exist or does not accept the value, or if both a source
 * and arrays are given.
 */
export function createRenderer(plot: Plot, type: string, options: Readonly<Record<string, unknown>>): GlyphRenderer {
  const attributes = givenAttributes(options);
  const spec = classSpec(type);

  const given = attributes.get("source") ?? null;
  const source = given === null ? new ColumnDataSource() : toSource(given);
  attributes.delete("source");
  const legend = takeLegendRequest(attributes);
  const rendererAttributes = takeNamed(attributes, RENDERER_ATTRIBUTES);

  const visuals = takeVisuals(type, attributes);
  const columnTarget = given === null ? source as ColumnDataSource : null;
  const refused = [...moveColumns(spec, attributes, columnTarget), ...moveColumns(spec, visuals, columnTarget)];
  if (refused.length > 0) {
    throw new TypeError(`Cannot draw ${type} from columns and a source: ${literalsRefused(refused)}`);
  }

  const variants = takeVariants(type, attributes, visuals);
  const make = (own: GlyphAttributes | null) => own === null ? null : makeGlyph(type, attributes, own);
  const glyph = make(visuals)!;
  const renderer = new GlyphRenderer({
    glyph,
    nonselection_glyph: make(variants.nonselection),
    selection_glyph: make(variants.selection) ?? "auto",
    hover_glyph: make(variants.hover),
    muted_glyph: make(variants.muted),
    ...rendererAttributes,
    data_source: source,
  });
  append(plot, "renderers", renderer);
  if (legend !== null) updateLegend(plot, legend, renderer);
  return renderer;
}

interface Variants {
  nonselection: GlyphAttributes;
  selection: GlyphAttributes | null;
  hover: GlyphAttributes | null;
  muted: GlyphAttributes;
}

/**
 * Returns the visual properties of the variants of a glyph. Muted glyphs and glyphs that are not
 * selected always have their own properties; the other variants only if an option sets one.
 *
 * @param type Name of the glyph class.
 * @param attributes The options. Those that are used are removed.
 * @param visuals Visual properties of the glyph itself.
 * @param faded Defaults for glyphs that are not selected, by trait.
 */
export function takeVariants(
  type: string,
  attributes: GlyphAttributes,
  visuals: GlyphAttributes,
  faded: Readonly<Record<string, unknown>> = { alpha: 0.1 },
): Variants {
  const take = (prefix: string, overrides: Readonly<Record<string, unknown>> = {}) =>
    takeVisuals(type, attributes, { prefix, defaults: visuals, overrides });
  const takeIfGiven = (prefix: string) =>
    attributes.keys().some((name) => name.startsWith(prefix)) ? take(prefix) : null;
  return {
    nonselection: take("nonselection_", faded),
    selection: takeIfGiven("selection_"),
    hover: takeIfGiven("hover_"),
    muted: take("muted_", { alpha: 0.2 }),
  };
}

/** Creates a glyph. The option `palette` of an image becomes its color mapper. */
export function makeGlyph(type: string, attributes: GlyphAttributes, visuals: GlyphAttributes): Glyph {
  const all: Record<string, unknown> = {};
  for (const [name, value] of attributes) all[name] = value;
  for (const [name, value] of visuals) all[name] = value;
  return makeModel<Glyph>(type, type === "Image" ? withColorMapper(all) : all);
}

function withColorMapper({ palette, ...others }: Record<string, unknown>): Record<string, unknown> {
  const hasMapper = Object.hasOwn(others, "color_mapper");
  if (palette !== undefined && hasMapper) {
    throw new TypeError("Cannot color the image: only one of palette and color_mapper may be given");
  }
  if (hasMapper) return others;
  const given = palette ?? "Greys9";
  const colors = typeof given === "string" ? toPalette(given) : given;
  return { ...others, color_mapper: makeModel("LinearColorMapper", { palette: colors }) };
}

/** Returns the options that are not undefined. */
export function givenAttributes(options: Readonly<Record<string, unknown>>): GlyphAttributes {
  const given: GlyphAttributes = new Map();
  for (const name of Object.keys(options)) {
    const value = options[name];
    if (value !== undefined) given.set(name, value);
  }
  return given;
}

function toSource(given: unknown): ColumnarDataSource {
  if (given instanceof ColumnarDataSource) return given;
  if (typeof given === "object" && given !== null) return new ColumnDataSource({ data: given as ColumnData });
  throw new TypeError(`Cannot use ${given} as a source: expected a data source or columns by name`);
}

function takeNamed(attributes: GlyphAttributes, names: readonly string[]): Record<string, unknown> {
  const taken: Record<string, unknown> = {};
  for (const name of names) {
    const value = attributes.get(name);
    if (value === undefined) continue;
    taken[name] = value;
    attributes.delete(name);
  }
  return taken;
}

function literalsRefused(names: readonly string[]): string {
  return `${names.join(" and ")} must name columns of the source, or there must be no source`;
}
