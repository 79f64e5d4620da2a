/**
 * Palettes by name, for attributes that take `"Viridis256"` in place of its colors.
 *
 * @module
 */

import text from "../gen/palettes.txt" with { type: "text" };

let texts: ReadonlyMap<string, string> | undefined;
const palettes = new Map<string, readonly string[]>();

/** Names of all palettes, `Accent3` to `YlOrRd9`. */
export function paletteNames(): string[] {
  return [...table().keys()];
}

/** The colors of a palette, or undefined where none has this name: each palette is one list. */
export function namedPalette(name: string): readonly string[] | undefined {
  let palette = palettes.get(name);
  if (palette !== undefined) return palette;
  const colors = table().get(name);
  if (colors === undefined) return undefined;
  palette = splitColors(colors);
  palettes.set(name, palette);
  return palette;
}

/** The colors of a text of colors, each of which has seven letters: `"#31a354#addd8e"`. */
export function splitColors(text: string): readonly string[] {
  return text.match(/.{7}/g) ?? [];
}

/** The palettes' texts by name, from a file with a palette a line. */
function table(): ReadonlyMap<string, string> {
  return texts ??= new Map(
    text.trimEnd().split("\n").map((line): [string, string] => {
      const [name, colors] = line.split(" ");
      return [name!, colors!];
    }),
  );
}
