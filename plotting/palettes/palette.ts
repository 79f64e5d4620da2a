/**
 * Types of palettes, and the functions with which the generated palettes are defined.
 *
 * @module
 */

import { namedPalette, splitColors } from "../../models/values/named_palette.ts";

/** A palette of `N` colors: a tuple, or an array if `N` is not known. */
export type Palette<N extends number = number> = number extends N ? readonly string[]
  : N extends 256 ? LongPalette
  : ColorTuple<N>;

/**
 * A palette of 256 colors. A tuple type of that length would double the time of type checking an
 * application.
 */
export interface LongPalette extends ReadonlyArray<string> {
  /** Number of colors. */
  readonly length: 256;
}

/** Palettes of a collection, by number of colors. */
export type PaletteCollection = Readonly<Record<number, Palette>>;

/** A tuple of `N` colors. */
export type ColorTuple<N extends number, T extends readonly string[] = readonly []> = T["length"] extends N ? T
  : ColorTuple<N, readonly [...T, string]>;

/**
 * Returns the palette of a text of colors of seven characters each, such as `"#31a354#addd8e"`.
 *
 * @internal
 */
export function colors<N extends number>(text: string): Palette<N> {
  // The generator writes the number of colors as `N`.
  return splitColors(text) as Palette<N>;
}

/**
 * Returns a palette that the generator knows to exist. Palettes share one table of text, which is
 * parsed on first use.
 *
 * @internal
 */
export function palette<N extends number>(name: string): Palette<N> {
  return namedPalette(name) as Palette<N>;
}
