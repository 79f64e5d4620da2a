import { LRUCache } from "lru-cache";
import { AsyncLocalStorage } from "node:async_hooks";
import { type CacheStatistics, registerCache } from "./cache_registry.ts";
import { sizeOf } from "./size_of.ts";

/** Options of {@linkcode cached}. */
export interface CachedOptions<A extends unknown[]> {
  /** Time for which a result is used, in milliseconds. @default {Infinity} */
  readonly ttl?: number | undefined;
  /** Maximum number of results; those that were not used for the longest time are dropped. @default {100} */
  readonly maxEntries?: number | undefined;
  /**
   * Maximum size of all results in bytes, of which the sizes of typed arrays, strings, lists and
   * plain objects are estimated. A larger result is returned but not kept.
   *
   * @default {268_435_456}
   */
  readonly maxBytes?: number | undefined;
  /**
   * Returns the key of a call. Calls with the same key share a result.
   *
   * @default {(...args) => JSON.stringify(args)}
   */
  readonly key?: ((...args: A) => string) | undefined;
  /** Name in the metrics. @default The name of the function. */
  readonly name?: string | undefined;
}

/** A function whose results are kept. */
export interface CachedFunction<A extends unknown[], R> {
  /** Returns the result of an earlier call, or of a new one. */
  (...args: A): Promise<R>;
  /** How often results were found, and how many are kept. */
  readonly statistics: CacheStatistics;
  /** Drops the result of a call, so that the next one is made again. */
  delete(...args: A): void;
  /** Drops all results. */
  clear(): void;
}

/** A result. An object, because the cache cannot keep undefined. */
interface Entry<R> {
  readonly value: R;
}

/** A call of the function. */
interface Call<R> {
  readonly run: () => Promise<R>;
}

/**
 * Returns a function that keeps results of another one for all sessions of the process, such as
 * those of an expensive query. Calls with the same key that overlap wait for one call of the
 * function. An error is not kept: all callers that wait receive it, and the next call tries again.
 *
 * The function runs outside of any session: `curdoc()` is not that of the caller. Callers share the
 * result and must not change it.
 *
 * @param fn The function, which may be async.
 * @param options Time to live, limits, and the key of a call.
 * @throws {RangeError} If a limit is not positive.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cached } from "@bokeh/server/shared";
 *
 * let queries = 0;
 * const sales = cached((year: number) => Promise.resolve({ year, query: ++queries }), { ttl: 60_000 });
 * const results = await Promise.all(Array.from({ length: 100 }, () => sales(2026)));
 * assertEquals([queries, results[99]], [1, { year: 2026, query: 1 }]);
 * ```
 */
export function cached<A extends unknown[], R>(
  fn: (...args: A) => R | Promise<R>,
  options: CachedOptions<A> = {},
): CachedFunction<A, R> {
  const { ttl = Infinity, maxEntries = 100, maxBytes = 256 * 1024 * 1024, key = defaultKey } = options;
  for (const [name, value] of Object.entries({ ttl, maxEntries, maxBytes })) {
    if (!(value > 0)) throw new RangeError(`Cannot cache: ${name} is ${value}, it must be positive`);
  }
  // the session of the first caller is not that of the others
  const outside = AsyncLocalStorage.snapshot();
  let calls = 0, misses = 0;
  const cache = new LRUCache<string, Entry<R>, Call<R>>({
    max: Math.ceil(maxEntries),
    maxSize: Math.ceil(maxBytes),
    sizeCalculation: ({ value }, callKey) => sizeOf(value) + 2 * callKey.length + 1,
    ...(Number.isFinite(ttl) ? { ttl: Math.ceil(ttl), ttlResolution: 0 } : {}),
    // callers of a call whose entry is dropped meanwhile receive its result nevertheless
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
    fetchMethod: async (_key, _stale, { context }) => {
      misses++;
      return { value: await context.run() };
    },
  });
  const call = async (...args: A): Promise<R> => {
    const callKey = key(...args);
    calls++;
    return (await cache.forceFetch(callKey, { context: { run: async () => await outside(() => fn(...args)) } })).value;
  };
  const statistics: CacheStatistics = {
    name: options.name ?? (fn.name || "anonymous"),
    get hits() {
      return calls - misses;
    },
    get misses() {
      return misses;
    },
    get entries() {
      return cache.size;
    },
    get bytes() {
      return cache.calculatedSize;
    },
  };
  registerCache(statistics);
  return Object.assign(call, {
    statistics,
    delete: (...args: A) => void cache.delete(key(...args)),
    clear: () => cache.clear(),
  });
}

function defaultKey(...args: unknown[]): string {
  return JSON.stringify(args);
}
