/**
 * Types of the options of glyph methods.
 *
 * @module
 */

import type { Column } from "../models/columns/columns.ts";
import type { CDSView, CoordinateMapping, GlyphRendererProps } from "../models/gen/classes.ts";
import type { ModelProps } from "../models/base/model.ts";
import type { Attributes } from "../models/base/model_types.ts";
import type { Field } from "../models/values/values.ts";
import type { LegendOptions } from "./legends.ts";
import type { PaletteLike } from "./palettes/palette_by_name.ts";
import type { GlyphSource } from "./typed_glyph_renderer.ts";

/**
 * Name of a property of a glyph, without the properties that all models have: those options set the
 * renderer's.
 */
export type GlyphAttribute<P> = Exclude<keyof P & string, keyof ModelProps>;

/**
 * Value of a glyph property: what the property accepts, and an array of values if the property can
 * refer to a column.
 */
export type GlyphValue<P, N extends keyof P> = N extends keyof Attributes<P>
  ? Exclude<Attributes<P>[N], undefined> | (Field extends P[N] ? Column : never)
  : never;

/** Part of a visual property's name after `line_`, `fill_`, `hatch_`, `text_` or `global_`. */
export type Trait<N extends string> = N extends `${"line" | "fill" | "hatch" | "text" | "global"}_${infer T}` ? T
  : never;

/**
 * Options that set the same visual property of all features: `color` sets `line_color` and
 * `fill_color`.
 */
export type GlyphTraits<P> = {
  [N in GlyphAttribute<P> as Exclude<Trait<N>, keyof P>]?: GlyphValue<P, N> | undefined;
};

/** Visual properties of a glyph, each by its name and by the name without the feature. */
export type GlyphVisuals<P> =
  & GlyphTraits<P>
  & { [N in GlyphAttribute<P> as Trait<N> extends never ? never : N]?: GlyphValue<P, N> | undefined };

/**
 * Visual properties of the variants of a glyph: `selection_color`, `nonselection_line_alpha`, and
 * so on.
 */
export type GlyphVariants<V> = {
  [N in keyof V & string as `${"selection" | "nonselection" | "hover" | "muted"}_${N}`]?: V[N] | undefined;
};

/** Options of every glyph method that set the renderer and the legend. */
export interface RendererOptions extends LegendOptions {
  /** Name of the renderer, to find it with `select`. */
  name?: string | null;
  /**
   * Data source, or its columns by name. Without it, a data source is created from the values that
   * are arrays.
   */
  source?: GlyphSource;
  /** Subset of the rows to draw. */
  view?: CDSView;
  /** Coordinates of a part of the plot. */
  coordinates?: CoordinateMapping | null;
  /** Name of the x-range in `extra_x_ranges`. By default the plot's own range. */
  x_range_name?: string;
  /** Name of the y-range in `extra_y_ranges`. By default the plot's own range. */
  y_range_name?: string;
  /** Render level, which determines what is drawn on top. */
  level?: GlyphRendererProps["level"];
  /** Whether the glyphs are drawn. */
  visible?: boolean;
  /** Whether the glyphs are drawn in their muted state. */
  muted?: boolean;
}

/**
 * Options of a glyph method: properties of the glyph and of its variants, of the renderer and of
 * the legend.
 */
export type GlyphOptions<P, S extends GlyphSource = GlyphSource> =
  & { [N in GlyphAttribute<P>]?: GlyphValue<P, N> | undefined }
  & GlyphTraits<P>
  & GlyphVariants<GlyphVisuals<P>>
  & (P extends { color_mapper: unknown } ? { palette?: PaletteLike | undefined } : unknown)
  & { [N in keyof RendererOptions as Exclude<N, "source">]: RendererOptions[N] | undefined }
  & { source?: S | undefined };

/** Options of methods that stack glyphs. An array has one item for each level. */
export type StackOptions<P, Stacked extends string, S extends GlyphSource = GlyphSource> =
  & Omit<PerLevel<GlyphOptions<P>>, Stacked | "source">
  & { source?: S | undefined };

/** Options of which each can be an array with one item for each level. */
export type PerLevel<T> = { [N in keyof T]: T[N] | readonly Exclude<T[N], undefined>[] };
