/** Statistics of a cache. */
export interface CacheStatistics {
  /** Name in the metrics. */
  readonly name: string;
  /** Calls that have found a result, or a call to wait for. */
  readonly hits: number;
  /** Calls of the function. */
  readonly misses: number;
  /** Results that are kept, and calls that run. */
  readonly entries: number;
  /** Estimated size of the results in bytes. */
  readonly bytes: number;
}

const caches = new Set<WeakRef<CacheStatistics>>();

/** Adds the statistics of a cache to the metrics, for as long as the cache exists. */
export function registerCache(statistics: CacheStatistics): void {
  caches.add(new WeakRef(statistics));
}

/** Returns the statistics of all caches of the process. */
export function cacheStatistics(): CacheStatistics[] {
  const all: CacheStatistics[] = [];
  for (const reference of caches) {
    const statistics = reference.deref();
    if (statistics === undefined) caches.delete(reference);
    else all.push(statistics);
  }
  return all;
}
