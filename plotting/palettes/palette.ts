import { namedPalette, splitColors } from "../../models/values/named_palette.ts";

/** A tuple of `N` colors, or a list of any number of them where `N` is not known. */
export type Palette<N extends number = number> = number extends N ? readonly string[]
  : N extends 256 ? LongPalette
  : ColorTuple<N>;

/** 256 colors. No tuple: the type checker would take as long for it as for everything else that an application imports. */
export interface LongPalette extends ReadonlyArray<string> {
  /** How many they are. */
  readonly length: 256;
}

/** Palettes of one kind by number of colors. */
export type PaletteCollection = Readonly<Record<number, Palette>>;

/** A tuple of `N` colors. */
export type ColorTuple<N extends number, T extends readonly string[] = readonly []> = T["length"] extends N ? T
  : ColorTuple<N, readonly [...T, string]>;

/**
 * The palette of a text of colors, each of which has seven letters: `"#31a354#addd8e"`.
 *
 * @internal
 */
export function colors<N extends number>(text: string): Palette<N> {
  // the generator counts the colors, and writes their number as `N`
  return splitColors(text) as Palette<N>;
}

/**
 * The palette of a name that the generator knows.
 *
 * @internal
 */
export function palette<N extends number>(name: string): Palette<N> {
  return namedPalette(name) as Palette<N>;
}
