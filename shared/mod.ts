/**
 * What sessions share: results of functions, columns and values.
 *
 * @module
 */

export { cached } from "./cached.ts";
export type { CachedFunction, CachedOptions } from "./cached.ts";
export type { CacheStatistics } from "./cache_registry.ts";
export { SharedSource, sharedSource } from "./shared_source.ts";
export type { SharedData, SharedStatistics } from "./shared_data.ts";
export { SharedValue, sharedValue } from "./shared_value.ts";
export type { JsonValue, Widened } from "./shared_value.ts";
