/**
 * What a browser shows of large data: ranges, pixels, and the columns that are sent for them.
 *
 * @module
 */

import type { Document } from "../document/document.ts";

/** A range of an axis, and the number of pixels on which it is shown. */
export interface AxisView {
  /** Coordinate of the first pixel, below `end`. */
  readonly start: number;
  /** Coordinate after the last pixel. */
  readonly end: number;
  /** Number of pixels. */
  readonly pixels: number;
  /** Whether the axis has a logarithmic scale. */
  readonly isLog: boolean;
}

/** The smallest and the largest coordinate of data; NaN without data. */
export interface Extent {
  /** The smallest coordinate. */
  readonly start: number;
  /** The largest coordinate. */
  readonly end: number;
}

/** The extents of both coordinates. */
export interface Extents {
  /** Extent of the x-coordinates. */
  readonly x: Extent;
  /** Extent of the y-coordinates. */
  readonly y: Extent;
}

/** Coordinates of points. */
export interface Points {
  /** The x-coordinates. */
  readonly x: Float64Array;
  /** The y-coordinates. */
  readonly y: Float64Array;
}

/** Data of a line, with ascending x-coordinates. */
export interface LineData {
  /** Returns the extents of both coordinates. */
  extents(): MaybePromise<Extents>;
  /**
   * Returns the points that draw the part of the line in a view, in the order of their
   * x-coordinates: all of them, or a few for each pixel.
   */
  pointsIn(view: AxisView): MaybePromise<Points>;
}

/** The part of points in a view: the points, or their numbers in the cells of a grid. */
export type PointsView = { readonly points: Points } | { readonly counts: Uint32Array; readonly total: number };

/** Data of a scatter plot. */
export interface PointData {
  /** Returns the extents of both coordinates. */
  extents(): MaybePromise<Extents>;
  /**
   * Returns the points in a view if there are at most `limit`, otherwise their numbers in each cell
   * of a grid, row by row from the smallest y-coordinate.
   *
   * @param x Range and number of cells in the x-dimension.
   * @param y Range and number of cells in the y-dimension.
   * @param doc The document, to run tasks.
   */
  viewOf(x: AxisView, y: AxisView, limit: number, doc: Document): MaybePromise<PointsView>;
}

/** A value, or a promise of one. */
export type MaybePromise<T> = T | Promise<T>;

/** Returns the coordinates between the pixels of a view, from its start to its end. */
export function pixelEdges({ start, end, pixels, isLog }: AxisView): Float64Array {
  if (!isLog) return Float64Array.from({ length: pixels + 1 }, (_, i) => start + (end - start) * i / pixels);
  const ratio = Math.log(end / start) / pixels;
  return Float64Array.from({ length: pixels + 1 }, (_, i) => i === pixels ? end : start * Math.exp(ratio * i));
}
