/**
 * Computes contour lines and areas in the cells of a grid (marching squares), and joins the parts
 * of neighboring cells.
 *
 * @module
 */

import { arrangeAreas, arrangeLines, type Chain, type Segment } from "./contour_order.ts";
import type { Corner } from "./contour_grid.ts";

/** A polyline. */
export interface Path {
  /** The x-coordinates of its points. */
  xs: Float64Array;
  /** The y-coordinates of its points. */
  ys: Float64Array;
}

/**
 * Returns the lines along which the interpolated values equal a level, each as long as possible.
 */
export function contourLines(cells: readonly Corner[][], level: number): Path[] {
  const segments: Segment[] = [];
  for (const cell of cells) {
    for (const part of clip(cell, level, 1, cell)) {
      part.forEach((from, i) => {
        const to = part[(i + 1) % part.length]!;
        if (from.z === level && to.z === level && !(cell.includes(from) && cell.includes(to))) {
          segments.push({ from, to, cell });
        }
      });
    }
  }
  return arrangeLines(chain(segments)).map(toPath);
}

/**
 * Returns the areas in which the values lie between two levels. Each is its outer boundary, then
 * its holes.
 */
export function contourAreas(cells: readonly Corner[][], lower: number, upper: number): Path[][] {
  const edges = new Map<string, Segment>();
  for (const cell of cells) {
    for (const part of clip(cell, lower, 1, cell).flatMap((polygon) => clip(polygon, upper, -1, cell))) {
      part.forEach((from, i) => {
        const to = part[(i + 1) % part.length]!;
        if (keyOf(from) === keyOf(to)) return;
        // Two cells share each inner edge, in opposite directions: the two cancel.
        if (!edges.delete(`${keyOf(to)} ${keyOf(from)}`)) edges.set(`${keyOf(from)} ${keyOf(to)}`, { from, to, cell });
      });
    }
  }
  const rings = chain([...edges.values()]);
  const turn = Math.sign(cells.reduce((sum, cell) => sum + signedArea(cell), 0));
  const areas = rings.filter((ring) => areaWithin(ring) * turn > 0).map((outer) => [outer]);
  for (const hole of rings.filter((ring) => areaWithin(ring) * turn < 0)) {
    const around = areas.filter(([outer]) => contains(outer!, hole[0]!.from));
    around.sort(([a], [b]) => Math.abs(areaWithin(a!)) - Math.abs(areaWithin(b!)))[0]?.push(hole);
  }
  return arrangeAreas(areas).map((area) => area.map(toPath));
}

/**
 * Clips a polygon at a level: keeps the part above it (`side` is 1), or at and below it (-1). If
 * the level crosses the polygon twice (a saddle), the mean of the cell's corners decides whether
 * the parts are connected.
 */
function clip(polygon: readonly Corner[], level: number, side: 1 | -1, cell: readonly Corner[]): Corner[][] {
  const isInside = ({ z }: Pick<Corner, "z">) => side === 1 ? z > level : z <= level;
  if (polygon.every(isInside)) return [[...polygon]];
  const start = polygon.findIndex((corner, i) => isInside(corner) && !isInside(polygon.at(i - 1)!));
  if (start === -1) return [];
  const parts: Corner[][] = [];
  for (let i = 0; i < polygon.length; i++) {
    const before = polygon[(start + i - 1 + polygon.length) % polygon.length]!;
    const corner = polygon[(start + i) % polygon.length]!;
    if (isInside(corner) && !isInside(before)) parts.push([crossing(before, corner, level)]);
    if (isInside(corner)) parts.at(-1)!.push(corner);
    else if (isInside(before)) parts.at(-1)!.push(crossing(before, corner, level));
  }
  const middle = cell.reduce((sum, { z }) => sum + z, 0) / cell.length;
  return isInside({ z: middle }) ? [parts.flat()] : parts;
}

/**
 * Returns the point at which an edge crosses a level. The result is bitwise equal for both
 * directions of the edge.
 */
function crossing(a: Corner, b: Corner, level: number): Corner {
  const [from, to] = a.z < b.z ? [a, b] : [b, a];
  const part = (level - from.z) / (to.z - from.z);
  const between = (axis: "x" | "y" | "u" | "v") => from[axis] + (to[axis] - from[axis]) * part;
  return { x: between("x"), y: between("y"), z: level, u: between("u"), v: between("v") };
}

/** Joins segments end to end into chains. A closed chain ends at its start. */
function chain(segments: readonly Segment[]): Chain[] {
  const next = new Map<string, Segment[]>();
  const arriving = new Set<string>();
  for (const segment of segments) {
    const [from, to] = [keyOf(segment.from), keyOf(segment.to)];
    if (from === to) continue;
    next.set(from, [...next.get(from) ?? [], segment]);
    arriving.add(to);
  }
  const chains: Chain[] = [];
  const starts = [...next.keys()].sort((a, b) => Number(arriving.has(a)) - Number(arriving.has(b)));
  for (const start of starts) {
    for (let segment = next.get(start)?.shift(); segment !== undefined; segment = next.get(start)?.shift()) {
      const joined = [segment];
      while (keyOf(joined.at(-1)!.to) !== start) {
        const following = next.get(keyOf(joined.at(-1)!.to))?.shift();
        if (following === undefined) break;
        joined.push(following);
      }
      chains.push(joined);
    }
  }
  return chains;
}

function keyOf({ x, y }: Corner): string {
  return `${x},${y}`;
}

/** Returns the area of a polygon, positive if its points are in anticlockwise order. */
function signedArea(ring: readonly { readonly x: number; readonly y: number }[]): number {
  return ring.reduce((sum, { x, y }, i) => {
    const after = ring[(i + 1) % ring.length]!;
    return sum + (x * after.y - after.x * y) / 2;
  }, 0);
}

function areaWithin(ring: Chain): number {
  return signedArea(ring.map(({ from }) => from));
}

function contains(ring: Chain, { x, y }: Corner): boolean {
  let inside = false;
  for (const { from: a, to: b } of ring) {
    if (a.y > y !== b.y > y && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

function toPath(chain: Chain): Path {
  const points = [...chain.map(({ from }) => from), chain.at(-1)!.to];
  return { xs: Float64Array.from(points, ({ x }) => x), ys: Float64Array.from(points, ({ y }) => y) };
}
