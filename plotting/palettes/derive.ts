import type { Palette } from "./palette.ts";
import { formatColor, parseColor, type Rgba, roundHalfEven } from "./rgba.ts";

/**
 * Takes `n` colors at (nearly) even distances from a palette.
 *
 * @throws {RangeError} if the palette has fewer than `n` colors.
 */
export function linear_palette(palette: Palette, n: number): Palette {
  if (n > palette.length) {
    throw new RangeError(`Cannot take ${n} colors from a palette: it has only ${palette.length}`);
  }
  return linspace(palette.length - 1, n).map((position) => palette[Math.floor(position)]!);
}

/**
 * Joins two palettes that run from dark to light at their light ends.
 *
 * @param midpoint where in the result the two meet, from 0 to 1
 */
export function diverging_palette(palette1: Palette, palette2: Palette, n: number, midpoint = 0.5): Palette {
  const first = roundHalfEven(midpoint * n);
  return [...linear_palette(palette1, first), ...linear_palette(palette2.toReversed(), n - first)];
}

/**
 * Makes a palette of any length between the colors of another, channel by channel.
 *
 * @throws {RangeError} if the palette is empty or `n` is negative.
 */
export function interp_palette(palette: Palette, n: number): Palette {
  if (palette.length < 1) throw new RangeError("Cannot interpolate a palette: it has no colors");
  if (n < 0) throw new RangeError(`Cannot interpolate a palette: the length ${n} is negative`);
  const colors = palette.map(parseColor);
  return linspace(palette.length - 1, n).map((position) => {
    const index = Math.floor(position);
    const from = colors[index]!;
    const to = colors[index + 1] ?? from;
    const mix = (channel: keyof Rgba) => (to[channel] - from[channel]) * (position - index) + from[channel];
    // alpha is truncated to one of 256 steps before it is mixed, the other channels after
    const alpha = (color: Rgba) => Math.trunc(color.a * 255);
    const a = ((alpha(to) - alpha(from)) * (position - index) + alpha(from)) / 255;
    return formatColor({ r: Math.trunc(mix("r")), g: Math.trunc(mix("g")), b: Math.trunc(mix("b")), a });
  });
}

/**
 * Makes a palette of one color whose alpha goes from `start_alpha` to `end_alpha` (0 to 255). The color's own alpha
 * is the most that can be reached. Without `n` there is a color for each step of alpha.
 *
 * @throws {RangeError} if an alpha is outside of 0 to 255 or the color cannot be read.
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

/** The colors of a palette as bytes: red, green, blue and alpha of one after the other. */
export function to_rgba_array(palette: Palette): Uint8Array & { shape: [number, number] } {
  const bytes = palette.map(parseColor).flatMap(({ r, g, b, a }) => [r, g, b, a * 255]);
  return Object.assign(Uint8Array.from(bytes), { shape: [palette.length, 4] satisfies [number, number] });
}

/** `n` numbers from 0 to `stop`, both included. */
function linspace(stop: number, n: number): number[] {
  const step = stop / (n - 1);
  return Array.from({ length: n }, (_, i) => i === 0 ? 0 : i === n - 1 ? stop : i * step);
}
