import { providePalettes } from "../../models/named_palette.ts";
import { all_palettes } from "./gen/palettes.ts";
import type { Palette, PaletteCollection } from "./palette.ts";

const BY_NAME = new Map(
  Object.entries<PaletteCollection>(all_palettes)
    .sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([collection, sizes]) =>
      Object.entries(sizes).map(([size, palette]): [string, Palette] => [
        /\d/.test(collection) ? `${collection}_${size}` : collection + size,
        palette,
      ])
    ),
);

/** Names of all palettes, `Accent3` to `YlOrRd9`. */
export const __palettes__: readonly string[] = [...BY_NAME.keys()];

/**
 * The palette of a name such as `Viridis256` or `Category10_3`.
 *
 * @throws {RangeError} if there is none of that name.
 */
export function paletteByName(name: string): Palette {
  const palette = BY_NAME.get(name);
  if (palette === undefined) {
    throw new RangeError(`Cannot find palette ${JSON.stringify(name)}: no palette has that name`);
  }
  return palette;
}

// Models take palettes by name too: `new LinearColorMapper({ palette: "Viridis256" })`.
providePalettes((name) => BY_NAME.get(name));
