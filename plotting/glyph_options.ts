import type { Column, ColumnData } from "../models/columns.ts";
import type { CDSView, ColumnarDataSource, CoordinateMapping, GlyphRendererProps } from "../models/gen/classes.ts";
import type { Attributes, ModelProps } from "../models/model_types.ts";
import type { Field } from "../models/values.ts";
import type { LegendOptions } from "./legends.ts";
import type { PaletteLike } from "./palette_like.ts";

/** Attributes of the glyph that every model has and that belong to its renderer here. */
type OwnNames<P> = Exclude<keyof P & string, keyof ModelProps>;

/** What an attribute of a glyph may be set to: where it may name a column, the column itself too. */
export type GlyphValue<P, N extends keyof P> = N extends keyof Attributes<P>
  ? Exclude<Attributes<P>[N], undefined> | (Field extends P[N] ? Column : never)
  : never;

/** What comes after `line_`, `fill_`, `hatch_`, `text_` or `global_`. */
type Trait<N extends string> = N extends `${"line" | "fill" | "hatch" | "text" | "global"}_${infer T}` ? T : never;

/** One option for a trait of all features of a glyph: `color` for `line_color` and `fill_color`. */
type TraitValues<P> = {
  [N in OwnNames<P> as Exclude<Trait<N>, keyof P>]?: GlyphValue<P, N> | undefined;
};

/** Visual attributes of a glyph, by name and by trait. */
type Visuals<P> =
  & TraitValues<P>
  & { [N in OwnNames<P> as Trait<N> extends never ? never : N]?: GlyphValue<P, N> | undefined };

/** Visual attributes of the variants of a glyph: `selection_color`, `nonselection_line_alpha`, … */
type Variants<V> = {
  [N in keyof V & string as `${"selection" | "nonselection" | "hover" | "muted"}_${N}`]?: V[N] | undefined;
};

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
  & { [N in OwnNames<P>]?: GlyphValue<P, N> | undefined }
  & TraitValues<P>
  & Variants<Visuals<P>>
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
export type StackOptions<P, Stacked extends string> = Omit<Listed<GlyphOptions<P>>, Stacked>;

type Listed<T> = { [N in keyof T]: T[N] | readonly Exclude<T[N], undefined>[] };
