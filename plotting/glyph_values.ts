/**
 * What the attributes of glyphs take where they are given to glyph methods.
 *
 * @module
 */

import type { Column } from "../models/columns/columns.ts";
import type { Attributes, ModelProps } from "../models/base/model_types.ts";
import type { Field } from "../models/values/values.ts";

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
