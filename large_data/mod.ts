/**
 * Plots of millions of points: the browser receives what its view shows, and more when the user pans
 * or zooms.
 *
 * @module
 */

export { large_line, type LargeLine, type LargeLineOptions } from "./large_line.ts";
export { large_scatter, type LargeScatter, type LargeScatterOptions } from "./large_scatter.ts";
export { LineArrays, type LineArraysOptions, type Numbers } from "./line_arrays.ts";
export { PointArrays } from "./point_arrays.ts";
export { type Query, SqlPoints, type SqlTable } from "./sql_points.ts";
export type { AxisView, Extent, Extents, LineData, MaybePromise, PointData, Points, PointsView } from "./view.ts";
