import { type CacheStatistics, cacheStatistics } from "../../shared/cache_registry.ts";
import type { MetricFamily } from "./metric_family.ts";

/** Returns the metrics of the caches of `cached()`; none if there are no caches. */
export function cacheFamilies(): MetricFamily[] {
  const caches = Map.groupBy(cacheStatistics(), ({ name }) => name);
  if (caches.size === 0) return [];
  const family = (
    name: string,
    type: "counter" | "gauge",
    help: string,
    field: Exclude<keyof CacheStatistics, "name">,
  ) => ({
    name,
    type,
    help,
    samples: [...caches].map(([cache, all]) => ({
      suffix: type === "counter" ? "_total" : "",
      labels: { cache },
      value: all.reduce((sum, statistics) => sum + statistics[field], 0),
    })),
  } satisfies MetricFamily);
  return [
    family("bokeh_cache_hits", "counter", "Calls of cached functions that have found a result", "hits"),
    family("bokeh_cache_misses", "counter", "Calls of cached functions that have run the function", "misses"),
    family("bokeh_cache_entries", "gauge", "Results that are kept", "entries"),
    family("bokeh_cache_bytes", "gauge", "Estimated size of the results that are kept", "bytes"),
  ];
}
