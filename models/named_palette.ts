/**
 * Palettes by name, for attributes that take `"Viridis256"` in place of its colours.
 *
 * The colours belong to the palettes of the plotting room, which says here how to find them once it is loaded.
 *
 * @module
 */

type FindPalette = (name: string) => readonly string[] | undefined;

let findPalette: FindPalette = () => undefined;

/** Says how palettes are found by name. */
export function providePalettes(find: FindPalette): void {
  findPalette = find;
}

/** The colours of a palette, or undefined where none of this name is known. */
export function namedPalette(name: string): string[] | undefined {
  const colors = findPalette(name);
  return colors === undefined ? undefined : [...colors];
}
