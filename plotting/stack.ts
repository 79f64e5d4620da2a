import type { GlyphOptions } from "./glyph_options.ts";
import type { GlyphSource } from "./glyph_source.ts";
import { stack } from "./transform.ts";

/** Options of methods that stack glyphs. An array has one item for each level. */
export type StackOptions<P, Stacked extends string, S extends GlyphSource = GlyphSource> =
  & Omit<PerLevel<GlyphOptions<P>>, Stacked | "source">
  & { source?: S | undefined };

/** Options of which each can be an array with one item for each level. */
export type PerLevel<T> = { [N in keyof T]: T[N] | readonly Exclude<T[N], undefined>[] };

type Attributes = Record<string, unknown>;

/**
 * Returns the attributes of stacked glyphs, one glyph for each column. Attributes that are arrays
 * have one item for each glyph.
 *
 * @param stackers Names of the columns, from the lowest level to the highest.
 * @param specs The properties that hold the position of a level: one, or one for each of its two
 * ends.
 * @param shared Attributes of all glyphs.
 * @throws {TypeError} If `stackers` is not an array, or `shared` sets one of `specs`.
 * @throws {RangeError} If an array has another length than `stackers`.
 */
export function stackAttributes(
  stackers: readonly string[],
  specs: readonly string[],
  shared: Attributes,
): Attributes[] {
  if (!Array.isArray(stackers)) throw new TypeError("Cannot stack: the stackers must be a list of column names");
  for (const spec of specs) {
    if (Object.hasOwn(shared, spec)) {
      throw new TypeError(`Cannot stack: ${spec} is determined by the stackers and cannot be given`);
    }
  }
  checkLengths(stackers.length, shared);
  return stackers.map((name, i) => {
    const one = Object.entries(shared).map(([attr, value]) => [attr, Array.isArray(value) ? value[i] : value]);
    const ends = specs.length === 1 ? [i + 1] : [i, i + 1];
    const coordinates = specs.map((spec, end) => [spec, stack(...stackers.slice(0, ends[end]))]);
    return { name, ...Object.fromEntries(coordinates), ...Object.fromEntries(one) };
  });
}

function checkLengths(count: number, shared: Attributes): void {
  for (const [attr, value] of Object.entries(shared)) {
    if (Array.isArray(value) && value.length !== count) {
      throw new RangeError(`Cannot stack ${count} levels: ${attr} has ${value.length} items`);
    }
  }
}
