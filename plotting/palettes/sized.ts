/**
 * Palettes of any length up to 256.
 *
 * @module
 */

import { linear_palette } from "./derive.ts";
import { Cividis256, Greys256, Inferno256, Magma256, Plasma256, Turbo256, Viridis256 } from "./gen/palettes.ts";
import type { Palette } from "./palette.ts";

/**
 * Returns `n` colors of Magma, from 0 to 256.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function magma(n: number): Palette {
  return linear_palette(Magma256, n);
}

/**
 * Returns `n` colors of Inferno, from 0 to 256.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function inferno(n: number): Palette {
  return linear_palette(Inferno256, n);
}

/**
 * Returns `n` colors of Plasma, from 0 to 256.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function plasma(n: number): Palette {
  return linear_palette(Plasma256, n);
}

/**
 * Returns `n` colors of Viridis, from 0 to 256.
 *
 * @param n Number of colors.
 * @throws {RangeError} If `n` is greater than 256.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { viridis } from "@bokeh/server/palettes";
 *
 * assertEquals(viridis(3), ["#440154", "#208F8C", "#FDE724"]);
 * ```
 */
export function viridis(n: number): Palette {
  return linear_palette(Viridis256, n);
}

/**
 * Returns `n` colors of Cividis, from 0 to 256.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function cividis(n: number): Palette {
  return linear_palette(Cividis256, n);
}

/**
 * Returns `n` colors of Turbo, from 0 to 256.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function turbo(n: number): Palette {
  return linear_palette(Turbo256, n);
}

/**
 * Returns `n` shades of gray from black to white, from 0 to 256.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function grey(n: number): Palette {
  return linear_palette(Greys256, n);
}

/**
 * Returns `n` shades of gray, as {@linkcode grey}.
 *
 * @throws {RangeError} If `n` is greater than 256.
 */
export function gray(n: number): Palette {
  return grey(n);
}
