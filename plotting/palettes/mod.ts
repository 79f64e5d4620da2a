/**
 * The palettes of `bokeh.palettes`: each by its name (`Viridis256`, `Category10_3`), each collection by number of
 * colors (`Category10[3]`), and functions that make palettes of other lengths.
 *
 * @module
 */

// 568 names, one a palette: the generated file is the list.
export * from "./gen/palettes.ts";
export { diverging_palette, interp_palette, linear_palette, to_rgba_array, varying_alpha_palette } from "./derive.ts";
export { bokeh, brewer, colorblind, d3, mpl, small_palettes, tol } from "./groups.ts";
export type { ColorTuple, LongPalette, Palette, PaletteCollection } from "./palette.ts";
export { __palettes__ } from "./palette_by_name.ts";
export { cividis, gray, grey, inferno, magma, plasma, turbo, viridis } from "./sized.ts";
