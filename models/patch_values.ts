/**
 * The values of patches as columns of numbers hold them.
 *
 * @module
 */

import { type ColumnData, isTypedArray, type Patches } from "./columns.ts";
import { encodeTemporal } from "./temporal.ts";

/** The patches with what is missing (null) as NaN and moments as milliseconds, where they go into columns of fractions. */
export function numericPatches(columns: ColumnData, patches: Patches): Patches {
  let converted: Patches | undefined;
  for (const [name, list] of Object.entries(patches)) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (!(column instanceof Float64Array || column instanceof Float32Array)) continue;
    if (!Array.isArray(list) || !list.some((pair) => Array.isArray(pair) && isConverted(pair[1]))) continue;
    converted ??= { ...patches };
    converted[name] = list.map((
      [index, value],
    ) => [index, Array.isArray(value) ? value.map(asNumber) : asNumber(value)]);
  }
  return converted ?? patches;
}

function isConverted(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object");
  return typeof value === "object" && !isTypedArray(value);
}

function asNumber(value: unknown): unknown {
  if (typeof value !== "object") return value;
  if (value === null) return NaN;
  return value instanceof Date ? value.getTime() : encodeTemporal(value) ?? value;
}
