import { namedPalette, paletteNames } from "../../models/values/named_palette.ts";
import type { Palette } from "./palette.ts";

/** Names of all palettes, `Accent3` to `YlOrRd9`. */
export const __palettes__: readonly string[] = paletteNames();

/**
 * The palette of a name such as `Viridis256` or `Category10_3`.
 *
 * @throws {RangeError} if there is none of that name.
 */
export function paletteByName(name: string): Palette {
  const palette = namedPalette(name);
  if (palette === undefined) {
    throw new RangeError(`Cannot find palette ${JSON.stringify(name)}: no palette has that name`);
  }
  return palette;
}

/** The colours of a palette, or its name as in `Viridis256`. */
export type PaletteLike = Palette | string;

/** The colours that are meant, in a new list. */
export function toPalette(palette: PaletteLike): string[] {
  return [...typeof palette === "string" ? paletteByName(palette) : palette];
}
