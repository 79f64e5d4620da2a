/**
 * Limits the bytes that wait in this process for another process.
 *
 * @module
 */

/** A websocket that buffers bytes for another process. */
export interface BufferingSocket {
  /** Bytes that are buffered now. */
  readonly bufferedBytes: number;
}

/**
 * Budget for the bytes that all websockets together may buffer for one process.
 *
 * No event says when a websocket has sent what it buffered. The budget therefore adds up the bytes
 * that are charged, and asks the websockets for what is still buffered only if the sum exceeds the
 * limit: once for as many bytes, not for each message.
 */
export class RelayBudget {
  readonly #maxBytes: number;
  readonly #sockets = new Set<BufferingSocket>();
  /** Upper bound of the buffered bytes. */
  #estimate = 0;

  /** Creates a budget of `maxBytes`. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Adds a websocket. It counts until it is removed, also while it closes: then it still sends what
   * it has buffered.
   */
  add(socket: BufferingSocket): void {
    this.#sockets.add(socket);
  }

  /** Removes a websocket that buffers nothing any more. */
  remove(socket: BufferingSocket): void {
    this.#sockets.delete(socket);
  }

  /** Charges bytes that a websocket is about to get. Returns false if they exceed the budget. */
  charge(bytes: number): boolean {
    if (this.#estimate + bytes > this.#maxBytes) {
      this.#estimate = this.#sockets.values().reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0);
    }
    if (this.#estimate + bytes > this.#maxBytes) return false;
    this.#estimate += bytes;
    return true;
  }
}
