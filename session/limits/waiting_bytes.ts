import type { MemoryPool } from "../../protocol/memory_pool.ts";

/** So much may wait of each client, also while the memory is full: messages of ordinary widgets are shorter. */
const ALWAYS_FREE_BYTES = 64 * 1024;

/** Memory that a frame takes beside its data, about: without it, frames of length 0 would have no limit. */
export const FRAME_OVERHEAD_BYTES = 256;

/**
 * What waits of one client in the server: frames of a message that is not complete, and messages that are not handled yet. It counts in the
 * memory that all clients share, so that many clients that each send less than they may cannot fill the process.
 */
export class WaitingBytes {
  readonly #pool: MemoryPool | undefined;
  #bytes = 0;

  /** Counts in a pool; without one nothing is limited. */
  constructor(pool: MemoryPool | undefined) {
    this.#pool = pool;
  }

  /** Sets how many bytes wait now. Returns false if they are more than before and there is no memory for them. */
  set(bytes: number): boolean {
    const more = bytes - this.#bytes;
    this.#bytes = bytes;
    this.#pool?.add(more);
    return more <= 0 || bytes <= ALWAYS_FREE_BYTES || this.#pool?.isFull !== true;
  }
}
