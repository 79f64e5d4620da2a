/**
 * Adds the glyph methods to the classes of figures, maps and subplots.
 *
 * @module
 */

import { isRecord } from "../common/is_record.ts";
import type { CoordinateMapping, GlyphRenderer, Plot } from "../models/gen/classes.ts";
import type { GlyphMethods } from "./gen/glyph_methods.ts";
import { type GlyphEntry, GLYPHS, MARKER_SHORTCUTS } from "./glyph_table.ts";
import { createRenderer } from "./renderer.ts";

/** What glyph methods need to know about the object that they are called on. */
export interface GlyphTarget {
  /** The plot to draw on. */
  readonly plot: Plot;
  /** Coordinates of a part of the plot, or null for the coordinates of the plot. */
  readonly coordinates: CoordinateMapping | null;
}

/** Adds the glyph methods to a prototype. */
export function installGlyphMethods(prototype: GlyphTarget): asserts prototype is GlyphTarget & GlyphMethods {
  for (const [name, entry] of Object.entries<GlyphEntry>(GLYPHS)) {
    Object.defineProperty(prototype, name, {
      value: function (this: GlyphTarget, ...args: unknown[]): GlyphRenderer {
        return draw(this, name, entry, args);
      },
      writable: true,
      configurable: true,
    });
  }
}

/**
 * Implements a glyph method: takes values by position, then one object with the other attributes.
 */
function draw(
  { plot, coordinates }: GlyphTarget,
  method: string,
  entry: GlyphEntry,
  args: readonly unknown[],
): GlyphRenderer {
  const last = args.at(-1);
  const [positional, options] = isOptions(last, args.length) ? [args.slice(0, -1), last] : [args, {}];
  if (positional.length > entry.args.length) {
    throw new TypeError(
      `Cannot draw ${method}: it takes ${entry.args.length} positional arguments, got ${positional.length}`,
    );
  }
  const named = Object.fromEntries(positional.map((value, i) => [entry.args[i], value]));
  const attributes: Record<string, unknown> = { ...coordinates === null ? {} : { coordinates }, ...named, ...options };
  if (entry.type !== "Scatter" && !(method === "circle" && "size" in attributes)) {
    return createRenderer(plot, entry.type, attributes);
  }
  if (method === "circle" && "radius" in attributes) {
    throw new TypeError("Cannot draw circle: only one of size and radius may be given");
  }
  return createRenderer(plot, "Scatter", { ...attributes, marker: entry.marker ?? markerOf(attributes["marker"]) });
}

/**
 * Returns whether the last argument is the options object. After positional arguments, a plain
 * object can also be a value such as `{ field: "x" }`, which is recognized by its keys.
 */
function isOptions(value: unknown, count: number): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  return count === 1 || !["field", "value", "expr"].some((key) => Object.hasOwn(value, key));
}

function markerOf(marker: unknown = "circle"): unknown {
  return typeof marker === "string" && Object.hasOwn(MARKER_SHORTCUTS, marker) ? MARKER_SHORTCUTS[marker] : marker;
}
