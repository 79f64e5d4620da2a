/**
 * Puts contour lines and areas into the order in which contourpy, which Python's Bokeh uses,
 * returns them.
 *
 * contourpy scans the cells row by row. An area starts in the first of its cells, on the boundary
 * of the grid if it touches it. The holes of an area follow in the order in which a scan upwards
 * along the grid lines meets them from its boundary.
 *
 * @module
 */

import type { Corner } from "./contour_grid.ts";

/** The part of a line or boundary within one cell. */
export interface Segment {
  /** Start point. */
  readonly from: Corner;
  /** End point. */
  readonly to: Corner;
  /** Corners of the cell. */
  readonly cell: readonly Corner[];
}

/** Consecutive segments: each starts where the previous one ends. */
export type Chain = readonly Segment[];

/** Sorts areas. Each area is its outer boundary followed by its holes. */
export function arrangeAreas(areas: readonly (readonly Chain[])[]): Chain[][] {
  return areas
    .map(([outer, ...holes]) => [arrangeRing(outer!, "v"), ...holes.map((hole) => arrangeRing(hole, "u"))])
    .sort(([a], [b]) => compareCells(a![0]!, b![0]!) || rankOf(a![0]!) - rankOf(b![0]!))
    .map(arrangeHoles);
}

/**
 * Sorts lines by their first cell. A closed line is rotated so that it starts in the first of its
 * cells.
 */
export function arrangeLines(lines: readonly Chain[]): Chain[] {
  return lines
    .map((line) => isClosed(line) ? arrangeRing(line, "u") : line)
    .sort(([a], [b]) => compareCells(a!, b!));
}

function isClosed(line: Chain): boolean {
  const [start, end] = [line[0]!.from, line.at(-1)!.to];
  return start.x === end.x && start.y === end.y;
}

/**
 * Rotates a closed chain so that it starts in the first of its cells. If the chain passes through
 * that cell more than once, it starts where it enters the cell through the upper edge (`side` is
 * `"v"`) or the right edge (`"u"`).
 */
function arrangeRing(ring: Chain, side: "u" | "v"): Chain {
  const first = ring.reduce((least, segment) => compareCells(segment, least) < 0 ? segment : least);
  const isEntry = (i: number) => ring[i]!.from[side] === placeOf(first)[side] + 1;
  const [start] = Array.from(ring.keys())
    .filter((i) => compareCells(ring[i]!, first) === 0)
    .sort((a, b) => rankOf(ring[a]!) - rankOf(ring[b]!) || Number(isEntry(b)) - Number(isEntry(a)));
  return [...ring.slice(start), ...ring.slice(0, start)];
}

/** Returns the grid indices of the lower left corner of a segment's cell. */
function placeOf({ cell }: Segment): Pick<Corner, "u" | "v"> {
  return { u: Math.min(...cell.map(({ u }) => u)), v: Math.min(...cell.map(({ v }) => v)) };
}

function compareCells(one: Segment, other: Segment): number {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a.v - b.v || a.u - b.u;
}

/**
 * Rank of a segment within its cell: 0 on the lower edge, 1 on the left edge, 2 and 3 across the
 * cell, 4 on the other edges.
 */
function rankOf(segment: Segment): number {
  const { from, to } = segment;
  const { u, v } = placeOf(segment);
  if (from.v === v && to.v === v) return 0;
  if (from.u === u && to.u === u) return 1;
  if (isDiagonal(segment)) return 2;
  const isOther = from.v === v + 1 && to.v === v + 1 || from.u === u + 1 && to.u === u + 1;
  return isOther ? 4 : 3;
}

/** Returns whether a segment lies on the diagonal of a triangular cell. */
function isDiagonal({ from, to, cell }: Segment): boolean {
  if (cell.length !== 3) return false;
  const corner = cell.find((a) => cell.every((b) => a.u === b.u || a.v === b.v))!;
  return [from, to].every(({ u, v }) => Math.abs(Math.abs(u - corner.u) + Math.abs(v - corner.v) - 1) < 1e-9);
}

/** A point of a boundary on a vertical grid line. */
interface Place {
  readonly ring: Chain;
  readonly position: number;
  readonly v: number;
}

function arrangeHoles([outer, ...holes]: readonly Chain[]): Chain[] {
  if (holes.length < 2) return [outer!, ...holes];
  const lines = placesByLine([outer!, ...holes]);
  const found = new Map<Chain, { hole: Chain; position: number }[]>();
  for (const hole of holes) {
    const { u, v } = hole[0]!.from;
    const below = (lines.get(u) ?? []).filter((place) => place.v < v);
    const from = below.reduce<Place | undefined>((best, place) => best && best.v >= place.v ? best : place, undefined);
    const ring = from?.ring ?? outer!;
    found.set(ring, [...found.get(ring) ?? [], { hole, position: from?.position ?? Infinity }]);
  }
  const arranged = [outer!];
  // The loop appends to the array that it iterates: a hole may lie above another hole.
  for (const ring of arranged) {
    const next = (found.get(ring) ?? []).sort((a, b) => a.position - b.position);
    arranged.push(...next.map(({ hole }) => hole));
  }
  return arranged;
}

/** Returns the points at which boundaries cross vertical grid lines, by column index. */
function placesByLine(rings: readonly Chain[]): Map<number, Place[]> {
  const lines = new Map<number, Place[]>();
  for (const ring of rings) {
    for (const [position, { from: { u, v } }] of ring.entries()) {
      if (!Number.isInteger(u)) continue;
      const places = lines.get(u) ?? [];
      places.push({ ring, position, v });
      lines.set(u, places);
    }
  }
  return lines;
}
