import type { MemoryPool } from "../../protocol/memory_pool.ts";

/**
 * Bytes that may wait for each client even if the shared memory is full. Messages of ordinary
 * widgets are shorter.
 */
const ALWAYS_FREE_BYTES = 64 * 1024;

/**
 * Approximate memory that a frame takes in addition to its data. Without it, empty frames would be
 * unlimited.
 */
export const FRAME_OVERHEAD_BYTES = 256;

/**
 * Memory of one client's frames and messages that wait in the server: frames of an incomplete
 * message, and messages that are not handled yet. It counts in the memory that all clients share,
 * so that many clients that each stay below their own limit cannot exhaust the memory of the
 * process.
 */
export class WaitingBytes {
  readonly #pool: MemoryPool | undefined;
  #bytes = 0;

  /** @param pool The memory that all clients share; undefined for no limit. */
  constructor(pool: MemoryPool | undefined) {
    this.#pool = pool;
  }

  /**
   * Sets the number of bytes that wait now. Returns false if it has grown and the shared memory is
   * full.
   */
  set(bytes: number): boolean {
    const more = bytes - this.#bytes;
    this.#bytes = bytes;
    this.#pool?.add(more);
    return more <= 0 || bytes <= ALWAYS_FREE_BYTES || this.#pool?.isFull !== true;
  }
}
