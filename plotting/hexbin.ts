/**
 * Hexagonal binning: axial coordinates of tiles, counts of points, and the glyphs that show them.
 *
 * @module
 */

import { ColumnDataSource, type GlyphRenderer, type HexTile } from "../models/gen/classes.ts";
import type { GlyphMethods } from "./gen/glyph_methods.ts";
import type { GlyphOptions } from "./glyph_options.ts";
import type { PaletteLike } from "./palettes/palette_by_name.ts";
import { roundHalfEven } from "./palettes/rgba.ts";
import { linear_cmap } from "./transform.ts";

/** Orientation of hexagonal tiles: a corner or a side on top. */
export type HexOrientation = "pointytop" | "flattop";

/** Tiles that contain points, in axial coordinates. */
export interface HexBins {
  /** First axial coordinates. */
  q: Int32Array;
  /** Second axial coordinates. */
  r: Int32Array;
  /** Numbers of points in the tiles. */
  counts: Int32Array;
}

/** Size and orientation of a hexagonal tiling. */
export interface HexTiling {
  /** Distance from the center of a tile to its corners, in data units. */
  size: number;
  /**
   * Orientation of the tiles.
   *
   * @default {"pointytop"}
   */
  orientation?: HexOrientation;
  /**
   * Aspect scale of the plot. If it equals `plot.aspect_scale`, the tiles are regular hexagons.
   *
   * @default {1}
   */
  aspect_scale?: number;
}

/**
 * Counts the points in each tile of a hexagonal tiling. To draw the tiles as well, use
 * `figure().hexbin()`.
 *
 * Tiles are identified by [axial
 * coordinates](https://www.redblobgames.com/grids/hexagons/#coordinates-axial). They are returned
 * in the same order as by Bokeh, which sorts the bytes of the coordinates.
 *
 * @param x The x-coordinates of the points, in data units.
 * @param y The y-coordinates of the points, in data units.
 * @param tiling Size and orientation of the tiles.
 * @throws {RangeError} If `x` and `y` have different lengths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { hexbin } from "@bokeh/server/plotting";
 *
 * const bins = hexbin([0, 0.1, 3], [0, 0.1, 0], { size: 1 });
 * assertEquals([...bins.counts], [2, 1]);
 * ```
 */
export function hexbin(x: ArrayLike<number>, y: ArrayLike<number>, tiling: HexTiling): HexBins {
  checkLengths("points", { x, y });
  const complete = withDefaults(tiling);
  const bins = new Map<string, { q: number; r: number; count: number }>();
  for (let i = 0; i < x.length; i++) {
    const { q, r } = tileOf(x[i]!, y[i]!, complete);
    const key = byteOrder(q) + byteOrder(r);
    const bin = bins.get(key);
    if (bin === undefined) bins.set(key, { q, r, count: 1 });
    else bin.count++;
  }
  const sorted = [...bins].sort(([a], [b]) => a < b ? -1 : 1).map(([, bin]) => bin);
  return {
    q: Int32Array.from(sorted, ({ q }) => q),
    r: Int32Array.from(sorted, ({ r }) => r),
    counts: Int32Array.from(sorted, ({ count }) => count),
  };
}

/**
 * Returns the tile that contains each point, in axial coordinates.
 *
 * @param x The x-coordinates of the points, in data units.
 * @param y The y-coordinates of the points, in data units.
 * @param tiling Size and orientation of the tiles.
 * @throws {RangeError} If `x` and `y` have different lengths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cartesian_to_axial } from "@bokeh/server/plotting";
 *
 * const { q, r } = cartesian_to_axial([0, 3.5], [0, 0], { size: 1 });
 * assertEquals([...q], [0, 2]);
 * assertEquals([...r], [0, 0]);
 * ```
 */
export function cartesian_to_axial(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  tiling: HexTiling,
): { q: Int32Array; r: Int32Array } {
  checkLengths("points", { x, y });
  const complete = withDefaults(tiling);
  const tiles = Array.from(x, (value, i) => tileOf(value, y[i]!, complete));
  return { q: Int32Array.from(tiles, ({ q }) => q), r: Int32Array.from(tiles, ({ r }) => r) };
}

/**
 * Returns the centers of tiles in data units, for example to label the tiles.
 *
 * @param q First axial coordinates of the tiles.
 * @param r Second axial coordinates of the tiles.
 * @param tiling Size and orientation of the tiles.
 * @throws {RangeError} If `q` and `r` have different lengths.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { axial_to_cartesian } from "@bokeh/server/plotting";
 *
 * const { x } = axial_to_cartesian([2], [0], { size: 1 });
 * assertAlmostEquals(x[0]!, 2 * Math.sqrt(3));
 * ```
 */
export function axial_to_cartesian(
  q: ArrayLike<number>,
  r: ArrayLike<number>,
  tiling: HexTiling,
): { x: Float64Array; y: Float64Array } {
  checkLengths("tiles", { q, r });
  const { size, orientation, aspect_scale } = withDefaults(tiling);
  const [along, across] = [size * 3 / 2, size * Math.sqrt(3)];
  if (orientation === "flattop") {
    return {
      x: Float64Array.from(q, (value) => along * value),
      y: Float64Array.from(r, (value, i) => -across * (value + q[i]! / 2) * aspect_scale),
    };
  }
  return {
    x: Float64Array.from(q, (value, i) => across * (value + r[i]! / 2) / aspect_scale),
    y: Float64Array.from(r, (value) => -along * value),
  };
}

function withDefaults({ size, orientation = "pointytop", aspect_scale = 1 }: HexTiling): Required<HexTiling> {
  return { size, orientation, aspect_scale };
}

function checkLengths(what: string, coordinates: Record<string, ArrayLike<number>>): void {
  const lengths = Object.entries(coordinates).map(([name, { length }]) => `${length} ${name}-coordinates`);
  if (new Set(Object.values(coordinates).map(({ length }) => length)).size > 1) {
    throw new RangeError(`Cannot place ${what}: there are ${lengths.join(" and ")}`);
  }
}

function tileOf(
  x: number,
  y: number,
  { size, orientation, aspect_scale }: Required<HexTiling>,
): { q: number; r: number } {
  if (orientation === "flattop") {
    const [u, v] = [x / size, -y / size / aspect_scale];
    return roundTile(2 / 3 * u, -1 / 3 * u + Math.sqrt(3) / 3 * v);
  }
  const [u, v] = [x / size * aspect_scale, -y / size];
  return roundTile(Math.sqrt(3) / 3 * u + -1 / 3 * v, 2 / 3 * v);
}

/**
 * Rounds fractional axial coordinates to the tile that contains them. The three cube coordinates
 * (q, r, -q - r) must add up to zero: the one with the largest rounding error is computed from the
 * other two.
 */
function roundTile(q: number, r: number): { q: number; r: number } {
  const s = -q - r;
  const rounded = { q: roundHalfEven(q), r: roundHalfEven(r), s: roundHalfEven(s) };
  const off = { q: Math.abs(rounded.q - q), r: Math.abs(rounded.r - r), s: Math.abs(rounded.s - s) };
  if (off.q > off.s && off.q > off.r) return { q: 0 - (rounded.s + rounded.r), r: rounded.r };
  if (off.s > off.r) return { q: rounded.q, r: rounded.r };
  return { q: rounded.q, r: 0 - (rounded.q + rounded.s) };
}

/** Returns a string that sorts like the bytes of a little-endian 64-bit integer. */
function byteOrder(value: number): string {
  const bytes = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Options of `figure().hexbin()`: the tiling, and the visual properties of the tiles. */
export interface HexbinOptions
  extends HexTiling, Omit<GlyphOptions<HexTile["$props"]>, keyof HexTiling | "q" | "r" | "source"> {
  /**
   * Palette for the numbers of points, from 0 to the largest number.
   *
   * @default {"Viridis256"}
   */
  palette?: PaletteLike;
}

/** The renderer of the tiles, and the counted tiles. */
export type HexbinResult = [renderer: GlyphRenderer, bins: HexBins];

/** Counts points in hexagonal tiles and draws the tiles. */
export function drawHexbin(
  target: Pick<GlyphMethods, "hex_tile">,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: HexbinOptions,
): HexbinResult {
  const { palette = "Viridis256", orientation = "pointytop", aspect_scale = 1, size, ...rest } = options;
  const bins = hexbin(x, y, { size, orientation, aspect_scale });
  const most = bins.counts.reduce((most, count) => Math.max(most, count), 0);
  const renderer = target.hex_tile({
    line_color: null,
    ...rest,
    q: "q",
    r: "r",
    size,
    orientation,
    aspect_scale,
    fill_color: rest.fill_color ?? linear_cmap("c", palette, 0, most),
    source: new ColumnDataSource({ data: { q: bins.q, r: bins.r, c: bins.counts } }),
  });
  return [renderer, bins];
}
