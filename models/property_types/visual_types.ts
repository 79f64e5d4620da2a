/**
 * Property types of colors, dash patterns, hatch patterns and font sizes.
 *
 * @module
 */

import { PropertyType } from "./property_type.ts";
import { namedColors } from "./named_colors.ts";
import { CheckedType, EnumType } from "./plain_types.ts";

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
// Each text matches in at most one way. If its digits could be split in several ways, a failed
// match would take polynomial time.
const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?%?`;
const ALPHA = String.raw`\s*[,/]\s*${NUMBER}`;
const FUNCTION = new RegExp(
  String.raw`^(?:rgba?|hsla?)\(\s*${NUMBER}(?:deg)?(?:\s*,\s*|\s+)${NUMBER}(?:\s*,\s*|\s+)${NUMBER}(?:${ALPHA})?\s*\)$`,
  "i",
);
const LENGTH = /^\d+(?:[^\d\n]\d+)?(?:%|em|ex|ch|ic|rem|vw|vh|vi|vb|vmin|vmax|cm|mm|q|in|pc|pt|px)$/i;
const DASHES = /^(?:\d+(?:\s+\d+)*)?$/;
const HATCHES = "blank dot ring horizontal_line vertical_line cross horizontal_dash vertical_dash spiral " +
  "right_diagonal_line left_diagonal_line diagonal_cross right_diagonal_dash left_diagonal_dash horizontal_wave " +
  'vertical_wave criss_cross . o - | + " : @ / \\ x , ` v > *';

const dashPatterns: ReadonlyMap<string, readonly number[]> = new Map([
  ["solid", []],
  ["dashed", [6]],
  ["dotted", [2, 4]],
  ["dotdash", [2, 4, 6, 4]],
  ["dashdot", [6, 4, 2, 4]],
]);

/**
 * A color: a CSS name, `#rrggbb`, `rgb(…)`, `hsl(…)`, `[red, green, blue, alpha]` or `0xrrggbbaa`.
 */
class ColorType extends PropertyType {
  valid(value: unknown): boolean {
    if (typeof value === "string") return isColorText(value);
    if (typeof value === "number") return Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
    return isColorTuple(value);
  }

  override acceptsText(text: string): boolean {
    return isColorText(text);
  }

  override get converts(): boolean {
    return true;
  }

  override convert(value: unknown): unknown {
    if (!isColorTuple(value)) return value;
    const [red, green, blue, alpha = 1] = value;
    return alpha === 1 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha})`;
  }
}

function isColorText(text: string): boolean {
  return namedColors.has(text) || HEX.test(text) || FUNCTION.test(text) || namedColors.has(text.toLowerCase());
}

function isColorTuple(value: unknown): value is number[] {
  if (!Array.isArray(value) || value.length < 3 || value.length > 4) return false;
  return value.every((part, i) => i < 3 ? Number.isInteger(part) && part >= 0 && part <= 255 : part >= 0 && part <= 1);
}

/** The lengths of dashes and gaps in pixels, as a list, as text of numbers, or as a name. */
class DashPatternType extends PropertyType {
  valid(value: unknown): boolean {
    return typeof value === "string" ? this.acceptsText(value) : Array.isArray(value) && value.every(Number.isInteger);
  }

  override acceptsText(text: string): boolean {
    return dashPatterns.has(text) || DASHES.test(text);
  }

  override get converts(): boolean {
    return true;
  }

  override convert(value: unknown): unknown {
    if (typeof value !== "string" || !this.valid(value)) return value;
    return [...dashPatterns.get(value) ?? value.split(/\s+/).filter((text) => text !== "").map(Number)];
  }
}

const hatches = new EnumType([" ", ...HATCHES.split(" ")]);

/**
 * A hatch pattern: a name of Bokeh or of a texture in `hatch_extra`. Data specifications take only
 * names of Bokeh as values: the name of a texture must be written `{ value: "name" }`.
 */
class HatchPatternType extends CheckedType {
  override acceptsText(text: string): boolean {
    return hatches.acceptsText(text);
  }
}

/** The property types of visual attributes, by name. */
export const visualTypes: Readonly<Record<string, PropertyType>> = {
  Color: new ColorType("Color"),
  DashPattern: new DashPatternType("DashPattern"),
  FontSize: new CheckedType("FontSize", (value) => typeof value === "string" && LENGTH.test(value), {
    acceptsText: true,
  }),
  HatchPattern: new HatchPatternType("HatchPattern", (value) => typeof value === "string"),
};
