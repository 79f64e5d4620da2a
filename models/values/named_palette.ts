/**
 * Palettes by name, for attributes that accept `"Viridis256"` instead of a list of colors.
 *
 * @module
 */

import text from "../gen/palettes.txt" with { type: "text" };

let texts: ReadonlyMap<string, string> | undefined;
const palettes = new Map<string, readonly string[]>();

/** Returns the names of all palettes, `Accent3` to `YlOrRd9`. */
export function paletteNames(): string[] {
  return [...table().keys()];
}

/**
 * Returns the colors of a palette, undefined if there is no such palette. All calls return the same
 * list.
 */
export function namedPalette(name: string): readonly string[] | undefined {
  let palette = palettes.get(name);
  if (palette !== undefined) return palette;
  const colors = table().get(name);
  if (colors === undefined) return undefined;
  palette = splitColors(colors);
  palettes.set(name, palette);
  return palette;
}

/** Splits a text of colors with seven characters each: `"#31a354#addd8e"`. */
export function splitColors(text: string): readonly string[] {
  return text.match(/.{7}/g) ?? [];
}

/** Returns the texts of palettes by name. Each line of the file has a palette. */
function table(): ReadonlyMap<string, string> {
  return texts ??= new Map(
    text.trimEnd().split("\n").map((line): [string, string] => {
      const [name, colors] = line.split(" ");
      return [name!, colors!];
    }),
  );
}
