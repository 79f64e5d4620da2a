import { roundHalfEven } from "./palettes/rgba.ts";

/** How hexagonal tiles stand: on a corner, or on a side. */
export type HexOrientation = "pointytop" | "flattop";

/** The tiles that points fall into, in axial coordinates, and how many each holds. */
export interface HexBins {
  /** First coordinates. */
  q: Int32Array;
  /** Second coordinates. */
  r: Int32Array;
  /** Numbers of points. */
  counts: Int32Array;
}

/** How a hexagonal tiling lies. */
export interface HexTiling {
  /** Distance from the centre of a tile to a corner. */
  size: number;
  /**
   * How the tiles stand.
   * @default {"pointytop"}
   */
  orientation?: HexOrientation;
  /**
   * The aspect ratio that the plot is drawn with.
   * @default {1}
   */
  aspect_scale?: number;
}

/**
 * Counts the points in each tile of a hexagonal tiling.
 *
 * The coordinates are those of https://www.redblobgames.com/grids/hexagons/#coordinates-axial. Tiles come in the order
 * that Bokeh gives them, that of the bytes of their coordinates.
 */
export function hexbin(x: ArrayLike<number>, y: ArrayLike<number>, tiling: HexTiling): HexBins {
  const { size, orientation = "pointytop", aspect_scale = 1 } = tiling;
  if (x.length !== y.length) {
    throw new RangeError(`Cannot bin points: there are ${x.length} x-coordinates and ${y.length} y-coordinates`);
  }
  const bins = new Map<string, { q: number; r: number; count: number }>();
  for (let i = 0; i < x.length; i++) {
    const { q, r } = tileOf(x[i]!, y[i]!, { size, orientation, aspect_scale });
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

/** The tile nearest to fractional coordinates: of the three that add up to zero, the one rounded most gives way. */
function roundTile(q: number, r: number): { q: number; r: number } {
  const s = -q - r;
  const rounded = { q: roundHalfEven(q), r: roundHalfEven(r), s: roundHalfEven(s) };
  const off = { q: Math.abs(rounded.q - q), r: Math.abs(rounded.r - r), s: Math.abs(rounded.s - s) };
  if (off.q > off.s && off.q > off.r) return { q: 0 - (rounded.s + rounded.r), r: rounded.r };
  if (off.s > off.r) return { q: rounded.q, r: rounded.r };
  return { q: rounded.q, r: 0 - (rounded.q + rounded.s) };
}

/** Text that sorts as the bytes of a 64-bit integer in little-endian order do. */
function byteOrder(value: number): string {
  const bytes = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
