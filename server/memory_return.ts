/**
 * Memory of sessions that have ended.
 *
 * @module
 */

import { nodeBuiltin } from "../protocol/node_builtin.ts";

/** So few ended sessions are left to V8's own time. */
const FEW = 100;

/**
 * Gives memory back after many visitors have gone. V8 collects what they leave behind when it needs room for more, which on a quiet server
 * is never; and what they leave is worth a pause only where it outweighs what lives.
 */
export class MemoryReturn {
  #ended = 0;
  #collect: (() => void) | undefined;

  /** Hears how many sessions have ended, and how many live. */
  note(ended: number, living: number): void {
    this.#ended += ended;
    if (this.#ended < FEW || this.#ended < living) return;
    this.#ended = 0;
    this.#collect ??= collector();
    this.#collect();
  }
}

/** V8's own collector, which is there for those who ask for it by a flag; nothing where it is not. */
function collector(): () => void {
  try {
    nodeBuiltin("node:v8").setFlagsFromString("--expose-gc");
    const collect: unknown = nodeBuiltin("node:vm").runInNewContext("gc");
    return typeof collect === "function" ? () => void collect() : () => {};
  } catch {
    return () => {};
  }
}
