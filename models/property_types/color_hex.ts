import { namedColors } from "./named_colors.ts";

const FUNCTION = /^rgba?\(/;

/**
 * A color as `#rrggbb` or `#rrggbbaa`, which is all that a browser's own picker of colors shows. Undefined for what is
 * written in another way: hexadecimal already, or by its hue.
 */
export function colorHex(value: unknown): string | undefined {
  if (Array.isArray(value)) return hexOf(value);
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase();
  if (FUNCTION.test(text)) return hexOf(Array.from(text.matchAll(/[\d.]+/g), ([number]) => Number(number)));
  return namedColors.get(text) ?? text;
}

function hexOf([red, green, blue, alpha = 1]: readonly number[]): string | undefined {
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const parts = alpha < 1 ? [red, green, blue, alpha * 255] : [red, green, blue];
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}
