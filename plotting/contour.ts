/**
 * Creates contour renderers from options.
 *
 * @module
 */

import {
  ColumnDataSource,
  ContourRenderer,
  type Glyph,
  GlyphRenderer,
  MultiLine,
  type MultiLineProps,
  MultiPolygons,
  type MultiPolygonsProps,
} from "../models/gen/classes.ts";
import type { ColumnData } from "../models/columns/columns.ts";
import { classSpec } from "../models/spec/registry.ts";
import { suggest } from "../models/diagnostics/suggest.ts";
import { checkLevels, contour_data, NO_AREAS, NO_LINES } from "./contour_data.ts";
import type { GridValues } from "./contour_grid.ts";
import type { GlyphValue } from "./glyph_options.ts";
import { interp_palette } from "./palettes/derive.ts";
import type { Palette, PaletteCollection } from "./palettes/palette.ts";
import { givenAttributes } from "./renderer.ts";
import { moveColumns } from "./literal_columns.ts";
import type { GlyphAttributes } from "./visuals.ts";

/** Visual properties of one feature of a glyph, such as all that begin with `line_`. */
export type FeatureOptions<P, Feature extends string> = {
  [N in keyof P & string as N extends `${Feature}_${string}` ? N : never]?: GlyphValue<P, N>;
};

/**
 * Colors of contour levels: one color for all, a list with one color per level, a palette that is
 * interpolated to the number of levels, or palettes by number of colors.
 */
export type LevelColors = string | null | Palette | PaletteCollection;

/** Options of `contour`: values on a grid, and the visual properties of lines and fills. */
export interface ContourOptions
  extends
    Omit<FeatureOptions<MultiLineProps, "line">, "line_color">,
    Omit<FeatureOptions<MultiPolygonsProps, "fill" | "hatch">, "fill_color" | "hatch_color"> {
  /** Values as rows of numbers. At least 2 × 2. */
  z: GridValues;
  /**
   * The x-coordinates: one for each column, or one for each value.
   *
   * @default {0, 1, 2, …}
   */
  x?: ArrayLike<number> | GridValues;
  /**
   * The y-coordinates: one for each row, or one for each value.
   *
   * @default {0, 1, 2, …}
   */
  y?: ArrayLike<number> | GridValues;
  /**
   * Levels in increasing order. Each level gets lines, and each pair of adjacent levels a filled
   * area.
   */
  levels: ArrayLike<number>;
  /** Colors of the lines, one for each level. Without it, no lines are drawn. */
  line_color?: LevelColors;
  /**
   * Colors of the filled areas, one fewer than there are levels. Without it, no areas are drawn.
   */
  fill_color?: LevelColors;
  /** Colors of the hatch patterns of the areas. */
  hatch_color?: LevelColors;
}

/**
 * Creates a contour renderer.
 *
 * @throws {TypeError} If an option does not exist, or neither `line_color` nor `fill_color` is
 * given.
 * @throws {RangeError} If the levels are not increasing, or the shapes of `x`, `y` and `z` do not
 * match.
 */
export function makeContour({ x, y, z, levels: given, ...visuals }: ContourOptions): ContourRenderer {
  const levels = checkLevels(given);
  const attributes = givenAttributes(visuals);
  const lineVisuals = takeFeature(attributes, "MultiLine", ["line"]);
  const areaVisuals = takeFeature(attributes, "MultiPolygons", ["fill", "hatch"]);
  for (const name of attributes.keys()) {
    const known = [...classSpec("MultiPolygons").properties()].map(({ attr }) => attr);
    throw new TypeError(`Cannot contour with ${name}: the option does not exist${suggest(name, known)}`);
  }
  const wantsLines = lineVisuals.get("line_color") !== undefined && lineVisuals.get("line_color") !== null;
  const wantsAreas = levels.length > 1 && areaVisuals.get("fill_color") !== undefined &&
    areaVisuals.get("fill_color") !== null;
  if (!wantsLines && !wantsAreas) throw new TypeError("Cannot contour: neither line_color nor fill_color is given");

  const { line_data, fill_data } = contour_data({ x, y, z, levels }, { want_line: wantsLines, want_fill: wantsAreas });
  const line_renderer = renderer(new MultiLine(), lineVisuals, levels.length, line_data, NO_LINES);
  const fill_renderer = renderer(new MultiPolygons(), areaVisuals, levels.length - 1, fill_data, NO_AREAS);
  if (wantsAreas) fill_renderer.glyph.update(outlineOff);
  return new ContourRenderer({ fill_renderer, line_renderer, levels });
}

/** Hides the outlines of the areas: the line renderer draws the lines. */
const outlineOff: Record<string, unknown> = { line_alpha: 0, line_width: 0 };

function takeFeature(attributes: GlyphAttributes, type: string, features: readonly string[]): GlyphAttributes {
  const spec = classSpec(type);
  const taken = [...attributes].filter(([name]) =>
    features.some((feature) => name.startsWith(`${feature}_`)) && spec.property(name) !== undefined
  );
  for (const [name] of taken) attributes.delete(name);
  return new Map(taken);
}

function renderer(
  glyph: Glyph,
  visuals: GlyphAttributes,
  count: number,
  data: ColumnData | null,
  none: ColumnData,
): GlyphRenderer {
  const data_source = new ColumnDataSource({ data: data ?? none });
  if (data !== null) {
    for (const [name, value] of visuals) if (name.endsWith("_color")) visuals.set(name, spread(value, count));
    moveColumns(classSpec(glyph.type), visuals, data_source);
    for (const [name, value] of visuals) glyph.set(name, value);
  }
  return new GlyphRenderer({ glyph, data_source });
}

/** Returns one color for each level. */
function spread(colors: unknown, count: number): unknown {
  if (typeof colors !== "object" || colors === null) return colors;
  if (Array.isArray(colors)) return colors.length === count ? colors : interp_palette(colors, count);
  const collection: PaletteCollection = Object.fromEntries(Object.entries(colors));
  if (collection[count] !== undefined) return collection[count];
  const sizes = Object.keys(collection).map(Number);
  const nearest = count > Math.max(...sizes) ? Math.max(...sizes) : Math.min(...sizes);
  const palette = collection[nearest];
  if (palette === undefined || (nearest < count && nearest !== Math.max(...sizes))) {
    throw new RangeError(`Cannot choose ${count} colors: there are palettes of ${sizes.join(", ")}`);
  }
  return interp_palette(palette, count);
}
