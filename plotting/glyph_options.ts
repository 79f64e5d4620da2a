/**
 * The types of the options of glyph methods.
 *
 * @module
 */

import type { Column } from "../models/columns/columns.ts";
import type { CDSView, CoordinateMapping, GlyphRendererProps } from "../models/gen/classes.ts";
import type { Attributes, ModelProps } from "../models/base/model_types.ts";
import type { Field } from "../models/values/values.ts";
import type { LegendOptions } from "./legends.ts";
import type { PaletteLike } from "./palettes/palette_by_name.ts";
import type { GlyphSource } from "./typed_glyph_renderer.ts";

/** Attributes of the glyph that every model has and that belong to its renderer here. */
export type GlyphAttribute<P> = Exclude<keyof P & string, keyof ModelProps>;

/** What an attribute of a glyph may be set to: where it may name a column, the column itself too. */
export type GlyphValue<P, N extends keyof P> = N extends keyof Attributes<P>
  ? Exclude<Attributes<P>[N], undefined> | (Field extends P[N] ? Column : never)
  : never;

/** What comes after `line_`, `fill_`, `hatch_`, `text_` or `global_`. */
export type Trait<N extends string> = N extends `${"line" | "fill" | "hatch" | "text" | "global"}_${infer T}` ? T
  : never;

/** One option for a trait of all features of a glyph: `color` for `line_color` and `fill_color`. */
export type GlyphTraits<P> = {
  [N in GlyphAttribute<P> as Exclude<Trait<N>, keyof P>]?: GlyphValue<P, N> | undefined;
};

/** Visual attributes of a glyph, by name and by trait. */
export type GlyphVisuals<P> =
  & GlyphTraits<P>
  & { [N in GlyphAttribute<P> as Trait<N> extends never ? never : N]?: GlyphValue<P, N> | undefined };

/** Visual attributes of the variants of a glyph: `selection_color`, `nonselection_line_alpha`, … */
export type GlyphVariants<V> = {
  [N in keyof V & string as `${"selection" | "nonselection" | "hover" | "muted"}_${N}`]?: V[N] | undefined;
};

/** Options of every glyph method, for the renderer and the legend. */
export interface RendererOptions extends LegendOptions {
  /** Name of the renderer. */
  name?: string | null;
  /** Where the columns are: a data source, or columns by name. Without one the columns are given as values. */
  source?: GlyphSource;
  /** Which rows of the source are drawn. */
  view?: CDSView;
  /** Coordinates of a part of the plot. */
  coordinates?: CoordinateMapping | null;
  /** The x-range to draw in, where the plot has several. */
  x_range_name?: string;
  /** The y-range to draw in, where the plot has several. */
  y_range_name?: string;
  /** Which layer is drawn on. */
  level?: GlyphRendererProps["level"];
  /** Whether it is drawn. */
  visible?: boolean;
  /** Whether it is drawn muted. */
  muted?: boolean;
}

/** Options of a glyph method: attributes of the glyph, of its variants, of the renderer and the legend. */
export type GlyphOptions<P, S extends GlyphSource = GlyphSource> =
  & { [N in GlyphAttribute<P>]?: GlyphValue<P, N> | undefined }
  & GlyphTraits<P>
  & GlyphVariants<GlyphVisuals<P>>
  & (P extends { color_mapper: unknown } ? { palette?: PaletteLike | undefined } : unknown)
  & { [N in keyof RendererOptions as Exclude<N, "source">]: RendererOptions[N] | undefined }
  & { source?: S | undefined };

/** Options of the methods that stack glyphs: a list gives one of its items to each level. */
export type StackOptions<P, Stacked extends string, S extends GlyphSource = GlyphSource> =
  & Omit<PerLevel<GlyphOptions<P>>, Stacked | "source">
  & { source?: S | undefined };

/** Options that may be lists, of an item for each level. */
export type PerLevel<T> = { [N in keyof T]: T[N] | readonly Exclude<T[N], undefined>[] };
