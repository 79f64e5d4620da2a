/**
 * Limits the memory that clients cause the documents of all sessions of a server to retain.
 *
 * @module
 */

import { nodeBuiltin } from "../common/node_builtin.ts";

/**
 * Default limit, as a fraction of V8's heap limit. The rest is left to applications, messages and
 * garbage.
 */
const HEAP_FRACTION = 1 / 2;
/**
 * Small documents may exceed the limit by this fraction of it, at least by `MIN_RESERVE_BYTES`. The
 * reserve is limited so that many small documents cannot fill the heap.
 */
const RESERVE_FRACTION = 1 / 4, MIN_RESERVE_BYTES = 16 * 1024 * 1024;
/**
 * Usage below which the heap limit is not read: loading `node:v8` would delay the start of a server
 * by about 20 ms.
 */
const ALWAYS_FREE_BYTES = 16 * 1024 * 1024;

/** The memory of all documents of a server that is attributed to clients. */
export class MemoryPool {
  #limit: number | undefined;
  #used = 0;

  /** @param limit Limit in bytes; 0 sets none. By default half of V8's heap limit. */
  constructor(limit?: number) {
    this.#limit = limit === 0 ? Infinity : limit;
  }

  /** Bytes in use. */
  get used(): number {
    return this.#used;
  }

  /** Whether all bytes are in use. The server then refuses new sessions. */
  get isFull(): boolean {
    return !this.hasSpaceFor(0);
  }

  /** Returns whether `bytes` more can be retained. */
  hasSpaceFor(bytes: number): boolean {
    return this.#fits(this.#used + bytes);
  }

  /**
   * Returns whether a small document can retain `bytes` more: the reserve beyond the limit is open
   * to it.
   */
  hasReserveFor(bytes: number): boolean {
    return this.#fits(this.#used + bytes, (limit) => limit + Math.max(MIN_RESERVE_BYTES, limit * RESERVE_FRACTION));
  }

  #fits(used: number, extended = (limit: number) => limit): boolean {
    if (this.#limit === undefined) {
      if (used < ALWAYS_FREE_BYTES) return true;
      this.#limit = nodeBuiltin("node:v8").getHeapStatistics().heap_size_limit * HEAP_FRACTION;
    }
    return used < extended(this.#limit);
  }

  /** Adds retained bytes. A negative number releases bytes. */
  add(bytes: number): void {
    this.#used += bytes;
  }
}
