import type { ColumnData } from "../models/columns.ts";
import type { CDSView, ColumnarDataSource, CoordinateMapping, GlyphRendererProps } from "../models/gen/classes.ts";
import type { GlyphAttribute, GlyphTraits, GlyphValue, GlyphVariants, GlyphVisuals } from "./glyph_values.ts";
import type { LegendOptions } from "./legends.ts";
import type { PaletteLike } from "./palette_like.ts";

/** Options of every glyph method, for the renderer and the legend. */
export interface RendererOptions extends LegendOptions {
  /** Name of the renderer. */
  name?: string | null;
  /** Where the columns are: a data source, or columns by name. Without one the columns are given as values. */
  source?: ColumnarDataSource | ColumnData | null;
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
export type GlyphOptions<P> =
  & { [N in GlyphAttribute<P>]?: GlyphValue<P, N> | undefined }
  & GlyphTraits<P>
  & GlyphVariants<GlyphVisuals<P>>
  & (P extends { color_mapper: unknown } ? { palette?: PaletteLike | undefined } : unknown)
  & { [N in keyof RendererOptions]: RendererOptions[N] | undefined };

/** The same by position: any number of the named attributes, then the others as options. */
export type PositionalArgs<P, Names extends readonly string[], Done extends readonly unknown[] = []> = Names extends
  readonly [infer N, ...infer Rest extends readonly string[]] ?
    | [...Done, options?: GlyphOptions<P>]
    | PositionalArgs<P, Rest, [
      ...Done,
      N extends keyof P ? GlyphValue<P, N> : unknown,
    ]>
  : [...Done, options?: GlyphOptions<P>];

/** Options of the methods that stack glyphs: a list gives one of its items to each level. */
export type StackOptions<P, Stacked extends string> = Omit<PerLevel<GlyphOptions<P>>, Stacked>;

/** Options that may be lists, of an item for each level. */
export type PerLevel<T> = { [N in keyof T]: T[N] | readonly Exclude<T[N], undefined>[] };
