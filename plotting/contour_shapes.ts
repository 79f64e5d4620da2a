import type { Corner } from "./contour_grid.ts";

/** Points in order. */
export interface Path {
  /** Their x-coordinates. */
  xs: Float64Array;
  /** Their y-coordinates. */
  ys: Float64Array;
}

/** Lines along which the values of cells equal a level, in pieces as long as possible. */
export function contourLines(cells: readonly Corner[][], level: number): Path[] {
  const segments: Segment[] = [];
  for (const cell of cells) {
    for (const part of clip(cell, level, 1)) {
      part.forEach((from, i) => {
        const to = part[(i + 1) % part.length]!;
        if (from.z === level && to.z === level && !(cell.includes(from) && cell.includes(to))) {
          segments.push([from, to]);
        }
      });
    }
  }
  return chain(segments).map(toPath);
}

/** Areas where the values of cells lie between two levels: each its outer boundary, then its holes. */
export function contourAreas(cells: readonly Corner[][], lower: number, upper: number): Path[][] {
  const edges = new Map<string, Segment>();
  for (const cell of cells) {
    for (const part of clip(cell, lower, 1).flatMap((polygon) => clip(polygon, upper, -1))) {
      part.forEach((from, i) => {
        const to = part[(i + 1) % part.length]!;
        if (keyOf(from) === keyOf(to)) return;
        // an edge that two cells share lies inside: its two directions cancel
        if (!edges.delete(`${keyOf(to)} ${keyOf(from)}`)) edges.set(`${keyOf(from)} ${keyOf(to)}`, [from, to]);
      });
    }
  }
  const rings = chain([...edges.values()]);
  const turn = Math.sign(cells.reduce((sum, cell) => sum + signedArea(cell), 0));
  const areas = rings.filter((ring) => signedArea(ring) * turn > 0).map((outer) => [outer]);
  for (const hole of rings.filter((ring) => signedArea(ring) * turn < 0)) {
    const around = areas.filter(([outer]) => contains(outer!, hole[0]!));
    around.sort(([a], [b]) => Math.abs(signedArea(a!)) - Math.abs(signedArea(b!)))[0]?.push(hole);
  }
  return areas.map((area) => area.map(toPath));
}

type Segment = readonly [from: Corner, to: Corner];

/**
 * The parts of a polygon on one side of a level: 1 for what is above, -1 for what is below. Where it is crossed twice,
 * the value in the middle says whether the parts are joined.
 */
function clip(polygon: readonly Corner[], level: number, side: 1 | -1): Corner[][] {
  const isInside = ({ z }: Corner) => side === 1 ? z >= level : z < level;
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
  const middle = polygon.reduce((sum, { z }) => sum + z, 0) / polygon.length;
  return isInside({ x: 0, y: 0, z: middle }) ? [parts.flat()] : parts;
}

/** Where an edge crosses a level, the same to the last bit from both of its ends. */
function crossing(a: Corner, b: Corner, level: number): Corner {
  const [from, to] = a.z < b.z ? [a, b] : [b, a];
  const part = (level - from.z) / (to.z - from.z);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part, z: level };
}

/** Joins segments end to end; a closed line ends where it began. */
function chain(segments: readonly Segment[]): Corner[][] {
  const next = new Map<string, Segment[]>();
  const arriving = new Set<string>();
  for (const segment of segments) {
    if (keyOf(segment[0]) === keyOf(segment[1])) continue;
    next.set(keyOf(segment[0]), [...next.get(keyOf(segment[0])) ?? [], segment]);
    arriving.add(keyOf(segment[1]));
  }
  const lines: Corner[][] = [];
  const starts = [...next.keys()].sort((a, b) => Number(arriving.has(a)) - Number(arriving.has(b)));
  for (const start of starts) {
    for (let segment = next.get(start)?.shift(); segment !== undefined; segment = next.get(start)?.shift()) {
      const line = [...segment];
      while (keyOf(line.at(-1)!) !== start) {
        const following = next.get(keyOf(line.at(-1)!))?.shift();
        if (following === undefined) break;
        line.push(following[1]);
      }
      lines.push(line);
    }
  }
  return lines;
}

function keyOf({ x, y }: Corner): string {
  return `${x},${y}`;
}

function signedArea(ring: readonly Corner[]): number {
  return ring.reduce((sum, { x, y }, i) => {
    const after = ring[(i + 1) % ring.length]!;
    return sum + (x * after.y - after.x * y) / 2;
  }, 0);
}

function contains(ring: readonly Corner[], { x, y }: Corner): boolean {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    if (a.y > y !== b.y > y && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}

function toPath(points: readonly Corner[]): Path {
  return { xs: Float64Array.from(points, ({ x }) => x), ys: Float64Array.from(points, ({ y }) => y) };
}
