import { isTypedArray } from "../models/columns/columns.ts";
import type { ColumnDataSource } from "../models/gen/classes.ts";
import type { ClassSpec } from "../models/spec/class_spec.ts";
import type { GlyphAttributes } from "./visuals.ts";

/**
 * Moves arrays among the attributes of a glyph into the data source as columns. The attributes then
 * refer to the columns.
 *
 * @param spec Specification of the glyph class.
 * @param attributes The attributes, which are modified.
 * @param source Data source for the columns; null if the author gave a source, to which no columns
 * are added.
 * @returns Names of the attributes that are arrays although an author's source was given.
 */
export function moveColumns(spec: ClassSpec, attributes: GlyphAttributes, source: ColumnDataSource | null): string[] {
  const refused: string[] = [];
  for (const [name, value] of attributes) {
    if (!isColumn(spec, name, value)) continue;
    checkDimensions(name, value);
    if (source === null) refused.push(name);
    else {
      source.add(Array.isArray(value) || isTypedArray(value) ? value : Array.from(value), name);
      attributes.set(name, name);
    }
  }
  return refused;
}

/**
 * Returns whether a value is a column, and not a single value that is an array, such as a color
 * tuple or dash pattern.
 */
function isColumn(spec: ClassSpec, name: string, value: unknown): value is Iterable<unknown> {
  if (typeof value !== "object" || value === null || !(Symbol.iterator in value) || value instanceof Map) return false;
  const type = spec.property(name)?.type;
  if (type?.dataSpec === undefined) return false;
  if (name.endsWith("_dash") && isDashPattern(value)) return false;
  return !(name.endsWith("color") && isColorTuple(value));
}

function isDashPattern(value: object): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(Number.isInteger);
}

function isColorTuple(value: object): boolean {
  return Array.isArray(value) && (value.length === 3 || value.length === 4) &&
    value.every((channel) => typeof channel === "number");
}

function checkDimensions(name: string, value: unknown): void {
  const shape: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "shape") : undefined;
  if (!Array.isArray(shape) || shape.length === 1) return;
  if (name.endsWith("color")) {
    if (shape.length === 2 && (shape[1] === 3 || shape[1] === 4)) return;
    throw new RangeError(`Cannot use ${name} as colors: its shape is ${shape.join(" × ")}, expected N × 3 or N × 4`);
  }
  throw new RangeError(`Cannot use ${name} as a column: it has ${shape.length} dimensions, expected one`);
}
