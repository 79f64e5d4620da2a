import type { Palette } from "./palettes/palette.ts";
import { paletteByName } from "./palettes/palette_by_name.ts";

/** The colors of a palette, or its name as in `Viridis256`. */
export type PaletteLike = Palette | string;

/** The colors that are meant, in a new list. */
export function toPalette(palette: PaletteLike): string[] {
  return [...typeof palette === "string" ? paletteByName(palette) : palette];
}
