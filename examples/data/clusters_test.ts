import { assertEquals, assertThrows } from "@std/assert";
import { ALGORITHMS, clusteredPoints, type ClusterInput, DATA_SETS, MAX_SAMPLES } from "./clusters.ts";

/** The sizes of the clusters that scikit-learn 1.9 finds in the same points, in order of the points: first the noise. */
const KNOWN: Record<keyof typeof DATA_SETS, Record<keyof typeof ALGORITHMS, readonly number[]>> = {
  "Noisy Circles": {
    "K-means": [0, 48, 48, 54],
    "Ward": [0, 51, 33, 66],
    "Average linkage": [0, 41, 47, 62],
    "DBSCAN": [55, 5, 5, 5, 5, 75],
  },
  "Noisy Moons": {
    "K-means": [0, 36, 70, 44],
    "Ward": [0, 50, 50, 50],
    "Average linkage": [0, 58, 30, 62],
    "DBSCAN": [0, 75, 75],
  },
  "Blobs": {
    "K-means": [0, 50, 50, 50],
    "Ward": [0, 50, 50, 50],
    "Average linkage": [0, 50, 50, 50],
    "DBSCAN": [1, 50, 50, 49],
  },
  "No Structure": {
    "K-means": [0, 34, 54, 62],
    "Ward": [0, 27, 90, 33],
    "Average linkage": [0, 40, 63, 47],
    "DBSCAN": [70, 27, 5, 10, 5, 14, 6, 5, 5, 3],
  },
};
const INPUT: ClusterInput = { dataset: "Blobs", algorithm: "DBSCAN", samples: 150, clusters: 3 };

Deno.test("clusteredPoints() finds the clusters that scikit-learn finds", () => {
  for (const [dataset, results] of Object.entries(KNOWN)) {
    for (const [algorithm, sizes] of Object.entries(results)) {
      const { labels } = clusteredPoints({ ...INPUT, dataset, algorithm } as ClusterInput);
      const found = new Array<number>(sizes.length).fill(0);
      for (const label of labels) found[label + 1]!++;
      assertEquals(found, sizes, `${algorithm} of ${dataset}`);
    }
  }
});

Deno.test("clusteredPoints() rejects what the widgets do not offer", () => {
  const refused = [{ dataset: "toString" }, { algorithm: "Birch" }, { samples: MAX_SAMPLES + 1 }, { samples: NaN }];
  for (const change of refused) {
    assertThrows(() => clusteredPoints({ ...INPUT, ...change } as ClusterInput), RangeError, "Cannot cluster");
  }
});
