/**
 * Node's built-in modules, loaded at first use. Importing one at start-up costs about 20 ms, and
 * most servers answer their first page without it.
 *
 * @module
 */

/** The modules that are loaded at first use. */
interface LazyModules {
  "node:crypto": typeof import("node:crypto");
  "node:path": typeof import("node:path");
  "node:v8": typeof import("node:v8");
  "node:vm": typeof import("node:vm");
  "node:zlib": typeof import("node:zlib");
}

/** Returns a built-in module of Node. Loads it synchronously at the first call. */
export function nodeBuiltin<K extends keyof LazyModules>(name: K): LazyModules[K] {
  return globalThis.process.getBuiltinModule(name) as LazyModules[K];
}
