import { namedPalette, paletteNames } from "../../models/values/named_palette.ts";
import type { Palette } from "./palette.ts";

/** Names of all palettes, in alphabetical order: `Accent3` to `YlOrRd9`. */
export const __palettes__: readonly string[] = paletteNames();

/**
 * Returns the palette of a name such as `Viridis256` or `Category10_3`.
 *
 * @throws {RangeError} If there is no palette of that name.
 */
export function paletteByName(name: string): Palette {
  const palette = namedPalette(name);
  if (palette === undefined) {
    throw new RangeError(`Cannot find palette ${JSON.stringify(name)}: no palette has that name`);
  }
  return palette;
}

/** A palette: its colors, or its name such as `"Viridis256"`. */
export type PaletteLike = Palette | string;

/** Returns the colors of a palette in a new array. */
export function toPalette(palette: PaletteLike): string[] {
  return [...typeof palette === "string" ? paletteByName(palette) : palette];
}
