/**
 * Node's own modules, loaded when they are first used: each costs a starting server some 20 milliseconds, and most servers
 * show their first page without it.
 *
 * @module
 */

/** The modules that are loaded late. */
interface LateModules {
  "node:crypto": typeof import("node:crypto");
  "node:path": typeof import("node:path");
  "node:v8": typeof import("node:v8");
  "node:vm": typeof import("node:vm");
  "node:zlib": typeof import("node:zlib");
}

/** One of Node's modules, without waiting for it. */
export function nodeBuiltin<K extends keyof LateModules>(name: K): LateModules[K] {
  return globalThis.process.getBuiltinModule(name) as LateModules[K];
}
