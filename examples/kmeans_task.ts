/**
 * The task of `kmeans.ts`, which runs in a Worker.
 *
 * @module
 */

import { defineTask, type TaskContext } from "@bokeh/server/tasks";
import { SeededRandom } from "./data/seeded_random.ts";

/** Points of a plane. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const MAX_ROUNDS = 50;

/** Returns the centers of clusters of points. */
export const kmeans = defineTask(
  import.meta,
  ({ points, clusters }: { points: Points; clusters: number }, { progress }: TaskContext<number>) => {
    let centers: Points = { x: points.x.slice(0, clusters), y: points.y.slice(0, clusters) };
    let rounds = 0;
    for (let moved = true; moved && rounds < MAX_ROUNDS; rounds++) {
      progress(rounds / MAX_ROUNDS); // also ends the task if it was cancelled
      const next = means(points, centers);
      moved = next.x.some((x, i) => x !== centers.x[i]) || next.y.some((y, i) => y !== centers.y[i]);
      centers = next;
    }
    return { ...centers, rounds };
  },
);

/** Returns the means of the points that are nearest to each center. */
function means(points: Points, centers: Points): Points {
  const clusters = centers.x.length;
  const x = new Float64Array(clusters), y = new Float64Array(clusters), count = new Float64Array(clusters);
  for (let i = 0; i < points.x.length; i++) {
    const cluster = nearest(centers, points.x[i]!, points.y[i]!);
    x[cluster]! += points.x[i]!;
    y[cluster]! += points.y[i]!;
    count[cluster]!++;
  }
  return { x: x.map((sum, k) => sum / count[k]!), y: y.map((sum, k) => sum / count[k]!) };
}

function nearest(centers: Points, x: number, y: number): number {
  let best = 0, least = Infinity;
  for (let k = 0; k < centers.x.length; k++) {
    const distance = (centers.x[k]! - x) ** 2 + (centers.y[k]! - y) ** 2;
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}

/** Returns random points around five places, the same at each call. */
export function randomPoints(length: number): Points {
  const random = new SeededRandom(1);
  const x = new Float64Array(length), y = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const angle = (2 * Math.PI * (i % 5)) / 5;
    x[i] = random.normal(3 * Math.cos(angle), 0.7);
    y[i] = random.normal(3 * Math.sin(angle), 0.7);
  }
  return { x, y };
}
