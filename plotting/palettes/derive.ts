/**
 * Functions that derive palettes from colors and from other palettes.
 *
 * @module
 */

import { linspace } from "../sequences.ts";
import type { Palette } from "./palette.ts";
import { formatColor, parseColor, type Rgba, roundHalfEven } from "./rgba.ts";

/**
 * Returns `n` colors of a palette at approximately equal distances, including the first and the
 * last.
 *
 * @param palette The palette.
 * @param n Number of colors, at most the length of the palette.
 * @throws {RangeError} If the palette has fewer than `n` colors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linear_palette } from "@bokeh/server/palettes";
 *
 * assertEquals(linear_palette(["red", "orange", "yellow", "white"], 2), ["red", "white"]);
 * ```
 */
export function linear_palette(palette: Palette, n: number): Palette {
  if (n > palette.length) {
    throw new RangeError(`Cannot take ${n} colors from a palette: it has only ${palette.length}`);
  }
  return Array.from(linspace(0, palette.length - 1, n), (position) => palette[Math.floor(position)]!);
}

/**
 * Returns a palette of `n` colors that joins two palettes at their last colors. Both should run
 * from dark to light.
 *
 * @param palette1 Palette for the first part.
 * @param palette2 Palette for the second part, in which it is reversed.
 * @param n Number of colors.
 * @param midpoint Position at which the two meet, from 0 to 1. The default is 0.5.
 * @throws {RangeError} If a palette has too few colors for its part.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { diverging_palette } from "@bokeh/server/palettes";
 *
 * assertEquals(diverging_palette(["navy", "white"], ["maroon", "white"], 4), ["navy", "white", "white", "maroon"]);
 * ```
 */
export function diverging_palette(palette1: Palette, palette2: Palette, n: number, midpoint = 0.5): Palette {
  const first = roundHalfEven(midpoint * n);
  return [...linear_palette(palette1, first), ...linear_palette(palette2.toReversed(), n - first)];
}

/**
 * Returns a palette of `n` colors that are interpolated between the colors of a palette, in RGBA.
 * Unlike {@linkcode linear_palette}, `n` may be larger than the length of the palette.
 *
 * @param palette Colors, named or hexadecimal.
 * @param n Number of colors.
 * @throws {RangeError} If the palette is empty, a color cannot be parsed, or `n` is negative.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { interp_palette } from "@bokeh/server/palettes";
 *
 * assertEquals(interp_palette(["black", "red"], 3), ["#000000", "#7f0000", "#ff0000"]);
 * ```
 */
export function interp_palette(palette: Palette, n: number): Palette {
  if (palette.length < 1) throw new RangeError("Cannot interpolate a palette: it has no colors");
  if (n < 0) throw new RangeError(`Cannot interpolate a palette: the length ${n} is negative`);
  const colors = palette.map(parseColor);
  return Array.from(linspace(0, palette.length - 1, n), (position) => {
    const index = Math.floor(position);
    const from = colors[index]!;
    const to = colors[index + 1] ?? from;
    const mix = (channel: keyof Rgba) => (to[channel] - from[channel]) * (position - index) + from[channel];
    // As in Python: alpha is truncated to 8 bits before interpolation, the other channels after it.
    const alpha = (color: Rgba) => Math.trunc(color.a * 255);
    const a = ((alpha(to) - alpha(from)) * (position - index) + alpha(from)) / 255;
    return formatColor({ r: Math.trunc(mix("r")), g: Math.trunc(mix("g")), b: Math.trunc(mix("b")), a });
  });
}

/**
 * Returns a palette of one color whose alpha varies.
 *
 * @param color The color, named or hexadecimal. Its own alpha scales the alpha of the result.
 * @param n Number of colors. By default one for each step of alpha.
 * @param start_alpha Alpha of the first color, from 0 to 255.
 * @param end_alpha Alpha of the last color, from 0 to 255.
 * @throws {RangeError} If an alpha is out of range, or the color cannot be parsed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { varying_alpha_palette } from "@bokeh/server/palettes";
 *
 * assertEquals(varying_alpha_palette("red", 3), ["#ff000000", "#ff000080", "#ff0000"]);
 * ```
 */
export function varying_alpha_palette(
  color: string,
  n: number | null = null,
  start_alpha = 0,
  end_alpha = 255,
): Palette {
  for (const [name, alpha] of Object.entries({ start_alpha, end_alpha })) {
    if (!(alpha >= 0 && alpha <= 255)) {
      throw new RangeError(`Cannot vary alpha: ${name} ${alpha} is not in the range 0 to 255`);
    }
  }
  const rgba = parseColor(color);
  const start = rgba.a < 1 ? roundHalfEven(start_alpha * rgba.a) : start_alpha;
  const end = rgba.a < 1 ? roundHalfEven(end_alpha * rgba.a) : end_alpha;
  const length = n === null || n < 1 ? Math.trunc(Math.abs(end - start)) + 1 : n;
  return Array.from({ length }, (_, i) => {
    const a = length === 1 ? start / 255 : start / 255 + (end / 255 - start / 255) * i / (length - 1);
    return formatColor({ ...rgba, a });
  });
}

/**
 * Returns the colors of a palette as an `n` × 4 array of bytes, with the channels red, green, blue
 * and alpha.
 *
 * @param palette Colors, named or hexadecimal.
 * @throws {RangeError} If a color cannot be parsed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { to_rgba_array } from "@bokeh/server/palettes";
 *
 * assertEquals([...to_rgba_array(["red", "#0000ff80"])], [255, 0, 0, 255, 0, 0, 255, 128]);
 * ```
 */
export function to_rgba_array(palette: Palette): Uint8Array & { shape: [number, number] } {
  const bytes = palette.map(parseColor).flatMap(({ r, g, b, a }) => [r, g, b, a * 255]);
  return Object.assign(Uint8Array.from(bytes), { shape: [palette.length, 4] satisfies [number, number] });
}
