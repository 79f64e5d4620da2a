/**
 * The palettes of Python's `bokeh.palettes`: each palette by its name (`Viridis256`,
 * `Category10_3`), each collection by number of colors (`Category10[3]`), and functions that derive
 * palettes of other lengths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Category10, Category10_3, viridis } from "@bokeh/server/palettes";
 *
 * assertEquals(Category10[3], Category10_3);
 * assertEquals(viridis(5).length, 5);
 * ```
 *
 * @module
 */

// All of its 568 names, one for each palette and collection.
export * from "./gen/palettes.ts";
export { diverging_palette, interp_palette, linear_palette, to_rgba_array, varying_alpha_palette } from "./derive.ts";
export { bokeh, brewer, colorblind, d3, mpl, small_palettes, tol } from "./groups.ts";
export type { ColorTuple, LongPalette, Palette, PaletteCollection } from "./palette.ts";
export { __palettes__ } from "./palette_by_name.ts";
export { cividis, gray, grey, inferno, magma, plasma, turbo, viridis } from "./sized.ts";
