/**
 * The order of areas between levels: the one that contourpy gives them, which Python's Bokeh draws with.
 *
 * Cells are looked through row by row. An area begins in the first of its cells, at the edge of the grid if it is there;
 * its holes follow as one comes upon them along its boundary, looking up the lines of the grid.
 *
 * @module
 */

import type { Corner } from "./contour_grid.ts";

/** A part of a line or of a boundary, within a cell. */
export interface Segment {
  /** Where it starts. */
  readonly from: Corner;
  /** Where it ends. */
  readonly to: Corner;
  /** The corners of the cell. */
  readonly cell: readonly Corner[];
}

/** Segments that follow each other. */
export type Chain = readonly Segment[];

/** Puts areas, each its outer boundary and then its holes, into this order. */
export function arrangeAreas(areas: readonly (readonly Chain[])[]): Chain[][] {
  return areas
    .map(([outer, ...holes]) => [arrangeRing(outer!, "v"), ...holes.map((hole) => arrangeRing(hole, "u"))])
    .sort(([a], [b]) => compareCells(a![0]!, b![0]!) || rankOf(a![0]!) - rankOf(b![0]!))
    .map(arrangeHoles);
}

/** Puts lines into the order of the cells that they start in; those that are closed begin in the first of their cells. */
export function arrangeLines(lines: readonly Chain[]): Chain[] {
  return lines
    .map((line) => isClosed(line) ? arrangeRing(line, "u") : line)
    .sort(([a], [b]) => compareCells(a!, b!));
}

function isClosed(line: Chain): boolean {
  const [start, end] = [line[0]!.from, line.at(-1)!.to];
  return start.x === end.x && start.y === end.y;
}

/** Begins a ring in the first of its cells: where it comes in over the upper side (`v`), or else over the right one (`u`). */
function arrangeRing(ring: Chain, side: "u" | "v"): Chain {
  const first = ring.reduce((least, segment) => compareCells(segment, least) < 0 ? segment : least);
  const isEntry = (i: number) => ring[i]!.from[side] === placeOf(first)[side] + 1;
  const [start] = Array.from(ring.keys())
    .filter((i) => compareCells(ring[i]!, first) === 0)
    .sort((a, b) => rankOf(ring[a]!) - rankOf(ring[b]!) || Number(isEntry(b)) - Number(isEntry(a)));
  return [...ring.slice(start), ...ring.slice(0, start)];
}

/** The place of the lower left corner of a segment's cell. */
function placeOf({ cell }: Segment): Pick<Corner, "u" | "v"> {
  return { u: Math.min(...cell.map(({ u }) => u)), v: Math.min(...cell.map(({ v }) => v)) };
}

function compareCells(one: Segment, other: Segment): number {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a.v - b.v || a.u - b.u;
}

/** The lower edge of a cell goes before its left one, then comes what crosses the cell, and its other edges are last. */
function rankOf(segment: Segment): number {
  const { from, to } = segment;
  const { u, v } = placeOf(segment);
  if (from.v === v && to.v === v) return 0;
  if (from.u === u && to.u === u) return 1;
  if (isDiagonal(segment)) return 2;
  const isOther = from.v === v + 1 && to.v === v + 1 || from.u === u + 1 && to.u === u + 1;
  return isOther ? 4 : 3;
}

/** Whether it lies along the diagonal of a cell that is a triangle. */
function isDiagonal({ from, to, cell }: Segment): boolean {
  if (cell.length !== 3) return false;
  const corner = cell.find((a) => cell.every((b) => a.u === b.u || a.v === b.v))!;
  return [from, to].every(({ u, v }) => Math.abs(Math.abs(u - corner.u) + Math.abs(v - corner.v) - 1) < 1e-9);
}

/** A place on a boundary: which ring, and how far along it. */
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
  // more are found while it goes on: holes above holes
  for (const ring of arranged) {
    const next = (found.get(ring) ?? []).sort((a, b) => a.position - b.position);
    arranged.push(...next.map(({ hole }) => hole));
  }
  return arranged;
}

/** Where boundaries cross the lines of the grid that go up, by line. */
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
