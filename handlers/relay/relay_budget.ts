/**
 * How much may wait for another process.
 *
 * @module
 */

/** A websocket that keeps bytes for another process. */
export interface WaitingSocket {
  /** Bytes that wait now. */
  readonly waitingBytes: number;
}

/**
 * The bytes that all websockets together may keep for one process.
 *
 * Nothing tells when a websocket has sent what it keeps. The budget adds up what they are given, and asks them for what still waits only
 * if that sum exceeds it: once in as many bytes, not at each message.
 */
export class RelayBudget {
  readonly #maxBytes: number;
  readonly #sockets = new Set<WaitingSocket>();
  /** Upper bound of what waits. */
  #estimate = 0;

  /** Creates a budget of `maxBytes`. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds a websocket. It counts until it is removed, also after it was closed: it sends what it keeps before it closes. */
  add(socket: WaitingSocket): void {
    this.#sockets.add(socket);
  }

  /** Removes a websocket that keeps nothing any more. */
  remove(socket: WaitingSocket): void {
    this.#sockets.delete(socket);
  }

  /** Charges bytes that a websocket is about to be given. Returns false if the budget has no room for them. */
  charge(bytes: number): boolean {
    if (this.#estimate + bytes > this.#maxBytes) {
      this.#estimate = this.#sockets.values().reduce((sum, { waitingBytes }) => sum + waitingBytes, 0);
    }
    if (this.#estimate + bytes > this.#maxBytes) return false;
    this.#estimate += bytes;
    return true;
  }
}
