/**
 * Palettes grouped by their authors.
 *
 * @module
 */

import {
  Accent,
  all_palettes,
  Blues,
  Bokeh,
  BrBG,
  Bright,
  BuGn,
  BuPu,
  BuRd,
  Category10,
  Category20,
  Category20b,
  Category20c,
  Cividis,
  Colorblind,
  Dark2,
  GnBu,
  Greens,
  Greys,
  HighContrast,
  Inferno,
  Iridescent,
  Light,
  Magma,
  MediumContrast,
  Muted,
  Oranges,
  OrRd,
  Paired,
  Pastel1,
  Pastel2,
  PiYG,
  Plasma,
  PRGn,
  PuBu,
  PuBuGn,
  PuOr,
  PuRd,
  Purples,
  RdBu,
  RdGy,
  RdPu,
  RdYlBu,
  RdYlGn,
  Reds,
  Set1,
  Set2,
  Set3,
  Spectral,
  Sunset,
  TolPRGn,
  TolRainbow,
  TolYlOrBr,
  Vibrant,
  Viridis,
  YlGn,
  YlGnBu,
  YlOrBr,
  YlOrRd,
} from "./gen/palettes.ts";
import type { PaletteCollection } from "./palette.ts";

/** The ColorBrewer palettes by Cynthia Brewer. */
export const brewer = {
  YlGn,
  YlGnBu,
  GnBu,
  BuGn,
  PuBuGn,
  PuBu,
  BuPu,
  RdPu,
  PuRd,
  OrRd,
  YlOrRd,
  YlOrBr,
  Purples,
  Blues,
  Greens,
  Oranges,
  Reds,
  Greys,
  PuOr,
  BrBG,
  PRGn,
  PiYG,
  RdBu,
  RdGy,
  RdYlBu,
  Spectral,
  RdYlGn,
  Accent,
  Dark2,
  Paired,
  Pastel1,
  Pastel2,
  Set1,
  Set2,
  Set3,
} as const;

/** The categorical palettes of D3. */
export const d3 = { Category10, Category20, Category20b, Category20c } as const;

/** The perceptually uniform palettes of Matplotlib. */
export const mpl = { Magma, Inferno, Plasma, Viridis, Cividis } as const;

/** The color schemes of Paul Tol. */
export const tol = {
  Bright,
  HighContrast,
  Vibrant,
  Muted,
  MediumContrast,
  Light,
  Sunset,
  BuRd,
  TolPRGn,
  TolYlOrBr,
  Iridescent,
  TolRainbow,
} as const;

/** The palette of the Bokeh brand. */
export const bokeh = { Bokeh } as const;

/** The palette for readers with color vision deficiency. */
export const colorblind = { Colorblind } as const;

/**
 * Collections whose palette of 256 colors `small_palettes` omits. As in Bokeh, other collections
 * keep theirs.
 */
const LARGE = new Set(["Greys", "Magma", "Inferno", "Plasma", "Viridis", "Cividis", "Turbo"]);

/**
 * All collections by name, the perceptually uniform ones and Greys without their palettes of 256
 * colors.
 */
export const small_palettes: Readonly<Record<string, PaletteCollection>> = Object.fromEntries(
  Object.entries<PaletteCollection>(all_palettes).map(([name, collection]) => [
    name,
    Object.fromEntries(Object.entries(collection).filter(([size]) => !(LARGE.has(name) && size === "256"))),
  ]),
);
