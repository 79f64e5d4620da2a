/**
 * What the sessions of a process share.
 *
 * @module
 */

export { cached } from "./cached.ts";
export type { CachedFunction, CachedOptions } from "./cached.ts";
export type { CacheStatistics } from "./cache_registry.ts";
