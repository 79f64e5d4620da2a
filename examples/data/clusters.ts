/**
 * Points and algorithms of the example application clustering.
 *
 * @module
 */

import { agnes } from "ml-hclust";
import { kmeans } from "ml-kmeans";
import { defineTask } from "@bokeh/server/tasks";
import { SeededRandom } from "./seeded_random.ts";

type Point = [x: number, y: number];

/** The highest number of points, which limits how long the algorithms take. */
export const MAX_SAMPLES = 500;
/** The label of points without a cluster. */
export const NOISE = -1;
/** The distance of neighbors of DBSCAN, and their lowest number, which includes the point itself. */
const [MAX_DISTANCE, MIN_NEIGHBORS] = [0.3, 5];
/** The centers of the blobs. */
const CENTERS: readonly Point[] = [[-6, -2], [0, 7], [6, 0]];

/** Functions that return points, by the names of the data sets of scikit-learn. */
export const DATA_SETS = {
  "Noisy Circles": (count, random) =>
    halves(count, 2 * Math.PI, (t, isSecond) => {
      const radius = isSecond ? 0.5 : 1;
      return [radius * Math.cos(t) + random.normal(0, 0.05), radius * Math.sin(t) + random.normal(0, 0.05)];
    }),
  "Noisy Moons": (count, random) =>
    halves(count, Math.PI, (t, isSecond) => {
      const [x, y] = isSecond ? [1 - Math.cos(t), 0.5 - Math.sin(t)] : [Math.cos(t), Math.sin(t)];
      return [x + random.normal(0, 0.05), y + random.normal(0, 0.05)];
    }),
  "Blobs": (count, random) =>
    Array.from({ length: count }, (_, i) => {
      const [x, y] = CENTERS[Math.floor(i * CENTERS.length / count)]!;
      return [random.normal(x), random.normal(y)];
    }),
  "No Structure": (count, random) => Array.from({ length: count }, () => [random.uniform(), random.uniform()]),
} satisfies Record<string, (count: number, random: SeededRandom) => Point[]>;

/** Functions that return the labels of points. The number of clusters has no effect on DBSCAN. */
export const ALGORITHMS = {
  "K-means": (points, clusters) => {
    const initialization = Array.from(
      { length: clusters },
      (_, i) => points[Math.floor(i * points.length / clusters)]!,
    );
    return kmeans(points, clusters, { initialization, tolerance: 0 }).clusters;
  },
  "Ward": (points, clusters) => hierarchical(points, clusters, "ward2"),
  "Average linkage": (points, clusters) => hierarchical(points, clusters, "average"),
  "DBSCAN": dbscan,
} satisfies Record<string, (points: Point[], clusters: number) => number[]>;

/** What to cluster, and how. */
export interface ClusterInput {
  readonly dataset: keyof typeof DATA_SETS;
  readonly algorithm: keyof typeof ALGORITHMS;
  /** Number of points. */
  readonly samples: number;
  /** Number of clusters. */
  readonly clusters: number;
}

/** Points, and the number of each one's cluster, or {@linkcode NOISE}. */
export interface ClusteredPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly labels: number[];
}

/**
 * Returns points with mean 0 and deviation 1, and the clusters of an algorithm, which are counted in order of the points.
 *
 * @throws {RangeError} if there is no such data set or algorithm, or if there are too many points or clusters
 */
export function clusteredPoints({ dataset, algorithm, samples, clusters }: ClusterInput): ClusteredPoints {
  if (!Object.hasOwn(DATA_SETS, dataset) || !Object.hasOwn(ALGORITHMS, algorithm) || !(samples <= MAX_SAMPLES)) {
    throw new RangeError(
      `Cannot cluster ${samples} points: select a data set, an algorithm and up to ${MAX_SAMPLES} points`,
    );
  }
  const points = DATA_SETS[dataset](samples, new SeededRandom(8));
  const x = standardized(points.map(([x]) => x)), y = standardized(points.map(([, y]) => y));
  const labels = ALGORITHMS[algorithm](Array.from(x, (value, i) => [value, y[i]!]), clusters);
  const order = [...new Set(labels)].filter((label) => label !== NOISE);
  return { x, y, labels: labels.map((label) => order.indexOf(label)) };
}

/** Returns the same as {@linkcode clusteredPoints}, from a Worker. */
export const clusterTask = defineTask(import.meta, (input: ClusterInput) => clusteredPoints(input));

/** Returns the points of two curves: one for each half of an interval. */
function halves(count: number, end: number, pointAt: (t: number, isSecond: boolean) => Point): Point[] {
  const half = Math.floor(count / 2);
  return Array.from({ length: count }, (_, i) => {
    const isSecond = i >= half;
    return pointAt(isSecond ? (i - half) * end / (count - half) : i * end / half, isSecond);
  });
}

function standardized(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return Float64Array.from(values, (value) => (value - mean) / deviation);
}

/** Merges the two nearest clusters until there are as many as wanted. */
function hierarchical(points: Point[], clusters: number, method: "ward2" | "average"): number[] {
  const labels = new Array<number>(points.length);
  const groups = agnes(points, { method }).group(clusters).children;
  groups.forEach((group, label) => group.indices().forEach((i) => labels[i] = label));
  return labels;
}

/** Labels points by their density (Ester, Kriegel, Sander and Xu, 1996). */
function dbscan(points: Point[]): number[] {
  const neighbors = points.map(([x, y]) =>
    points.flatMap(([u, v], i) => Math.hypot(u - x, v - y) <= MAX_DISTANCE ? i : [])
  );
  const isCore = neighbors.map(({ length }) => length >= MIN_NEIGHBORS);
  const labels = new Array<number>(points.length).fill(NOISE);
  for (let start = 0; start < points.length; start++) {
    if (!isCore[start] || labels[start] !== NOISE) continue;
    const found = [start];
    labels[start] = start;
    for (let point = found.pop(); point !== undefined; point = found.pop()) {
      if (!isCore[point]) continue;
      for (const neighbor of neighbors[point]!) {
        if (labels[neighbor] !== NOISE) continue;
        labels[neighbor] = start;
        found.push(neighbor);
      }
    }
  }
  return labels;
}
