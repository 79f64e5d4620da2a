/**
 * Node's built-in modules, loaded on first use. Each import at the top of a file would delay the
 * start of a server by about 20 ms, and most servers show their first page without these modules.
 *
 * @module
 */

/** The modules that are loaded on first use. */
interface LateModules {
  "node:crypto": typeof import("node:crypto");
  "node:path": typeof import("node:path");
  "node:v8": typeof import("node:v8");
  "node:vm": typeof import("node:vm");
  "node:zlib": typeof import("node:zlib");
}

/** Returns a built-in module of Node, synchronously. */
export function nodeBuiltin<K extends keyof LateModules>(name: K): LateModules[K] {
  return globalThis.process.getBuiltinModule(name) as LateModules[K];
}
