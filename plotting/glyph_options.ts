/**
 * Types of the options of glyph methods.
 *
 * @module
 */

import type { Column } from "../models/columns/columns.ts";
import type { CDSView, CoordinateMapping, GlyphRendererProps } from "../models/gen/classes.ts";
import type { ModelProps } from "../models/base/model.ts";
import type { Settable } from "../models/base/model_types.ts";
import type { ColumnName, FieldName } from "../models/columns/column_names.ts";
import type { Spec, SpecOf } from "../models/values/spec_types.ts";
import type { Field } from "../models/values/values.ts";
import type { LegendOptions } from "./legends.ts";
import type { PaletteLike } from "./palettes/palette_by_name.ts";
import type { GlyphSource } from "./glyph_source.ts";

/**
 * Name of a property of a glyph, without the properties that all models have: those options set the
 * renderer's.
 */
export type GlyphAttribute<P> = Exclude<keyof P & string, keyof ModelProps>;

/**
 * Value of a glyph property: what the property accepts, and an array of values if the property can
 * refer to a column.
 *
 * `F` is the type of the names of columns, see {@linkcode FieldName}.
 */
export type GlyphValue<P, N extends keyof P, F extends string = string> = Field extends P[N]
  ? Settable<P, N> extends Spec<infer T> ? SpecOf<T, F> | Column : never
  : Settable<P, N>;

/** Part of a visual property's name after `line_`, `fill_`, `hatch_`, `text_` or `global_`. */
export type Trait<N extends string> = N extends `${"line" | "fill" | "hatch" | "text" | "global"}_${infer T}` ? T
  : never;

/**
 * Options that set the same visual property of all features: `color` sets `line_color` and
 * `fill_color`.
 */
export type GlyphTraits<P, F extends string = string> = {
  [N in GlyphAttribute<P> as Exclude<Trait<N>, keyof P>]?: GlyphValue<P, N, F> | undefined;
};

/** Visual properties of a glyph, each by its name and by the name without the feature. */
export type GlyphVisuals<P, F extends string = string> =
  & GlyphTraits<P, F>
  & { [N in GlyphAttribute<P> as Trait<N> extends never ? never : N]?: GlyphValue<P, N, F> | undefined };

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

/** Options of glyph methods that name columns of the data source. */
export interface ColumnOptions<F extends string = string> {
  /**
   * Name of a column. The browser creates a legend item for each of its distinct values, and
   * follows changes of the column.
   */
  legend_field?: F | undefined;
  /** Name of a column. Creates a legend item for each distinct value that the column has now. */
  legend_group?: F | undefined;
  /** Subset of the rows to draw. */
  view?: CDSView<F> | undefined;
}

/**
 * Options of a glyph method: properties of the glyph and of its variants, of the renderer and of
 * the legend.
 */
export type GlyphOptions<P, S extends GlyphSource = GlyphSource, N extends string = string> =
  & { [A in GlyphAttribute<P>]?: GlyphValue<P, A, FieldName<N, ColumnName<S>>> | undefined }
  & GlyphTraits<P, FieldName<N, ColumnName<S>>>
  & GlyphVariants<GlyphVisuals<P>>
  & (P extends { color_mapper: unknown } ? { palette?: PaletteLike | undefined } : unknown)
  & { [A in keyof RendererOptions as Exclude<A, "source" | keyof ColumnOptions>]: RendererOptions[A] | undefined }
  & ColumnOptions<FieldName<N, ColumnName<S>>>
  & { source?: S | undefined };
