/**
 * Parses and formats colors.
 *
 * @module
 */

import { namedColors } from "../../models/property_types/named_colors.ts";

/** A color. Red, green and blue are from 0 to 255, alpha is from 0 to 1. */
export interface Rgba {
  r: number;
  g: number;
  b: number;
  a: number;
}

const LONG_HEX = /^#(?:[\da-f]{2}){3,4}$/i;
const SHORT_HEX = /^#[\da-f]{3,4}$/i;

/**
 * Parses a named color or `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`.
 *
 * @throws {RangeError} If the text has none of these forms.
 */
export function parseColor(color: string): Rgba {
  const hex = namedColors.get(color.toLowerCase()) ?? color;
  if (LONG_HEX.test(hex)) return fromHexPairs(hex.slice(1).match(/../g)!);
  if (SHORT_HEX.test(hex)) return fromHexPairs([...hex.slice(1)].map((digit) => digit + digit));
  throw new RangeError(`Cannot read color ${JSON.stringify(color)}: expected a named color or a hex string`);
}

/** Formats a color as `#rrggbb`, or as `#rrggbbaa` if it is not opaque. */
export function formatColor({ r, g, b, a }: Rgba): string {
  const channels = a < 1 ? [r, g, b, a * 255] : [r, g, b];
  return "#" + channels.map((channel) => roundHalfEven(channel).toString(16).padStart(2, "0")).join("");
}

/** Rounds to an integer; halves are rounded to the even one, as in Python. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return Math.round(value);
}

function fromHexPairs(pairs: readonly string[]): Rgba {
  const [r = 0, g = 0, b = 0, a = 255] = pairs.map((pair) => parseInt(pair, 16));
  return { r, g, b, a: a / 255 };
}
