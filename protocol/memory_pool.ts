/**
 * A limit on the memory that the documents of all sessions keep because of their clients.
 *
 * @module
 */

import { nodeBuiltin } from "./node_builtin.ts";

/** Part of V8's largest heap that documents may use by default. The rest is for applications, messages and garbage. */
const PART_OF_HEAP = 1 / 2;
/** Part of the limit by which small documents may exceed it, and the fewest bytes of that: many of them must not fill the heap. */
const RESERVE = 1 / 4, LEAST_RESERVE = 16 * 1024 * 1024;
/** With less than this in use, the size of the heap does not matter: finding it out would slow down the start of a server. */
const ALWAYS_FREE_BYTES = 16 * 1024 * 1024;

/** Memory of all documents of a server, as far as clients caused it. */
export class MemoryPool {
  #limit: number | undefined;
  #used = 0;

  /** @param limit Bytes for all documents together; 0 sets no limit. Half of V8's largest heap by default. */
  constructor(limit?: number) {
    this.#limit = limit === 0 ? Infinity : limit;
  }

  /** Bytes that documents keep. */
  get used(): number {
    return this.#used;
  }

  /** Whether all bytes are used. New sessions are refused then. */
  get isFull(): boolean {
    return !this.hasRoomFor(0);
  }

  /** Returns whether some more bytes can be kept. */
  hasRoomFor(bytes: number): boolean {
    return this.#fits(this.#used + bytes);
  }

  /** Returns whether a document that keeps little can keep some more bytes: a part of the limit is on top of it for them. */
  hasReserveFor(bytes: number): boolean {
    return this.#fits(this.#used + bytes, (limit) => limit + Math.max(LEAST_RESERVE, limit * RESERVE));
  }

  #fits(used: number, extended = (limit: number) => limit): boolean {
    if (this.#limit === undefined) {
      if (used < ALWAYS_FREE_BYTES) return true;
      this.#limit = nodeBuiltin("node:v8").getHeapStatistics().heap_size_limit * PART_OF_HEAP;
    }
    return used < extended(this.#limit);
  }

  /** Adds bytes that a document keeps; takes off bytes when the number is negative. */
  add(bytes: number): void {
    this.#used += bytes;
  }
}
