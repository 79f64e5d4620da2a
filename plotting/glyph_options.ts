import type { CDSView, CoordinateMapping, GlyphRendererProps } from "../models/gen/classes.ts";
import type { GlyphAttribute, GlyphTraits, GlyphValue, GlyphVariants, GlyphVisuals } from "./glyph_values.ts";
import type { LegendOptions } from "./legends.ts";
import type { PaletteLike } from "./palette_like.ts";
import type { GlyphSource } from "./typed_glyph_renderer.ts";

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
